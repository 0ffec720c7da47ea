import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, linkSync, lutimesSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NASTY_NAMES } from './tempdir.ts';

const run = promisify(execFile);
const OPTIONS = { encoding: 'latin1', maxBuffer: 256 * 1024 * 1024 } as const;

/**
 * Everything about a tree that a backup has to keep: names of any bytes, kinds, owners, modes, times, targets of
 * links and contents. One line for each entry, sorted; sentinels and the root itself are left out.
 */
export async function treeOf(path: string): Promise<string[]> {
  const format = '%P\\t%y %m %U:%G %T@ %l\\0';
  const some = ['.', '-mindepth', '1', '!', '-name', '.nbkp-*'];
  const options = { ...OPTIONS, cwd: path };
  const entries = await run('find', [...some, '-printf', format], options);
  const contents = await run('find', [...some, '-type', 'f', '-exec', 'sha256sum', '-z', '{}', '+'], options);
  const hashes = contents.stdout.replaceAll('  ./', '  ');
  return `${entries.stdout}${hashes}`.split('\0').map(withoutFraction).sort();
}

/** As `treeOf`, with owner and mode of the root, and which of the names are links to one file. */
export async function wholeTreeOf(path: string): Promise<string[]> {
  const root = await run('find', [path, '-maxdepth', '0', '-printf', 'root %y %m %U:%G'], OPTIONS);
  const inodes = await run('find', [path, '!', '-type', 'd', '!', '-name', '.nbkp-*', '-printf', '%i %P\\0'], OPTIONS);
  return [root.stdout, ...(await treeOf(path)), ...linkedNames(inodes.stdout)];
}

/** Names of one file are one line. Only links within the tree count: files are linked to other snapshots too. */
function linkedNames(listing: string): string[] {
  const names = new Map<string, string[]>();
  for (const line of listing.split('\0').filter((each) => each !== '')) {
    const end = line.indexOf(' ');
    const inode = line.slice(0, end);
    names.set(inode, [...(names.get(inode) ?? []), line.slice(end + 1)]);
  }
  const linked = [...names.values()].filter((group) => group.length > 1);
  return linked.map((group) => `linked ${group.sort().join('\0')}`).sort();
}

/** rsync sets the time of what is no regular file and differs by less than a second only in part. */
function withoutFraction(line: string): string {
  return line.replace(/(\t[^f] [^\t]* \d+)\.\d+ /, '$1 ');
}

/** Every trace that touching a tree would leave, access times of directories aside: the root and sentinels too. */
export async function stateOf(path: string): Promise<string[]> {
  const { stdout } = await run('find', [path, '-printf', '%P\\t%y %m %U:%G %T@ %C@ %i %n %s %l\\0'], OPTIONS);
  return [...stdout.split('\0').sort(), ...(await treeOf(path))];
}

/** One of each kind of entry that there is, and of each property that a backup could lose. Owners only as root. */
export function growTree(root: string): void {
  const at = (name: string | Buffer): Buffer => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name)]);
  for (const [index, name] of NASTY_NAMES.entries()) writeFileSync(at(name), `content ${index}`);
  writeFileSync(at(Buffer.from([0x66, 0xfc, 0x72, 0xff, 0x0a])), 'a name that is not UTF-8');
  mkdirSync(join(root, 'deep/er/and deeper'), { recursive: true });
  mkdirSync(join(root, 'empty'));
  writeFileSync(join(root, 'deep/er/file'), Buffer.from([0, 1, 2, 255]));
  linkSync(join(root, 'deep/er/file'), join(root, 'linked'));
  symlinkSync('/etc/hostname', join(root, 'absolute'));
  symlinkSync('../../nowhere', join(root, 'dangling'));
  symlinkSync('deep', join(root, 'to a folder'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  for (const [name, mode] of [
    ['secret', 0o000],
    ['set-id', 0o4755],
    ['shared', 0o666],
  ] as const) {
    writeFileSync(join(root, name), name);
    chmodSync(join(root, name), mode);
  }
  mkdirSync(join(root, 'read-only'));
  writeFileSync(join(root, 'read-only/kept'), 'kept');
  if (process.getuid?.() === 0)
    execFileSync('chown', ['-h', '1234:4321', join(root, 'shared'), join(root, 'dangling')]);
  lutimesSync(join(root, 'secret'), 1, -86_400);
  lutimesSync(join(root, 'dangling'), 1, 1_000_000_000);
  execFileSync('touch', ['-d', '2001-02-03 04:05:06.123456789Z', join(root, 'shared')]);
  lutimesSync(join(root, 'empty'), 1, 1_234_567_890);
  chmodSync(join(root, 'read-only'), 0o555);
  chmodSync(root, 0o750);
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OPTIONS = { encoding: 'latin1', maxBuffer: 256 * 1024 * 1024 } as const;

/**
 * Everything about a tree that a backup has to keep: names of any bytes, kinds, owners, modes, times, targets of
 * links and contents. One line for each entry, sorted; sentinels and the root itself are left out.
 */
export async function treeOf(path: string): Promise<string[]> {
  const format = '%P\\t%y %m %U:%G %T@ %l\\0';
  const some = [path, '-mindepth', '1', '!', '-name', '.nbkp-*'];
  const entries = await run('find', [...some, '-printf', format], OPTIONS);
  const contents = await run('find', [...some, '-type', 'f', '-exec', 'sha256sum', '-z', '{}', '+'], OPTIONS);
  const hashes = contents.stdout.replaceAll(`  ${path}/`, '  ');
  return `${entries.stdout}${hashes}`.split('\0').map(withoutFraction).sort();
}

/** rsync sets the time of a directory or link that differs by less than a second only in part. */
function withoutFraction(line: string): string {
  return line.replace(/(\t[dl] [^\t]* \d+)\.\d+ /, '$1 ');
}

/** Every trace that touching a tree would leave, access times of directories aside: the root and sentinels too. */
export async function stateOf(path: string): Promise<string[]> {
  const { stdout } = await run('find', [path, '-printf', '%P\\t%y %m %U:%G %T@ %C@ %i %n %s %l\\0'], OPTIONS);
  return [...stdout.split('\0').sort(), ...(await treeOf(path))];
}

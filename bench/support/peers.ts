import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mountBtrfs } from './btrfs.ts';
import { isInstalled } from './machine.ts';
import { run } from './process.ts';
import { missing } from './report.ts';
import type { Scratch } from './scratch.ts';

/** What another tool does for the same folders. */
export interface Peer {
  version: readonly string[];
  /** Says what it would do and does nothing. */
  dryRun: readonly string[];
  run: readonly string[];
}

const IMAGE_SIZE = '300M';

/**
 * rsnapshot with a backup point for each folder, after its first run. Null when it is not here.
 *
 * @param linking what makes its links; with `link_dest` 0 `cp -al`
 */
export async function rsnapshot(
  world: string,
  folders: readonly string[],
  linking: readonly string[] = ['link_dest', '1'],
): Promise<Peer | null> {
  if (!isInstalled('rsnapshot', 'version')) {
    missing('rsnapshot', 'it is not compared. Debian package: rsnapshot');
    return null;
  }
  const file = join(world, 'rsnapshot.conf');
  const settings = [
    ['config_version', '1.2'],
    ['snapshot_root', `${world}/rsnapshot/`],
    ['cmd_rm', '/bin/rm'],
    ['cmd_rsync', '/usr/bin/rsync'],
    ['retain', 'alpha', '3'],
    linking,
    ['cmd_cp', '/bin/cp'],
    ['lockfile', `${world}/rsnapshot.pid`],
    ...folders.map((folder, index) => ['backup', `${folder}/`, `s${index}/`]),
  ];
  writeFileSync(file, settings.map((words) => `${words.join('\t')}\n`).join(''));
  await run(['rsnapshot', '-c', file, 'alpha']);
  const flush = 'rsnapshot -c "$1" alpha && sync -f "$2"';
  return {
    version: ['rsnapshot', 'version'],
    dryRun: ['rsnapshot', '-c', file, '-t', 'alpha'],
    run: ['sh', '-c', flush, 'sh', file, world],
  };
}

/** btrbk with as many subvolumes, after its first run. Null when it is not here or nothing can be mounted. */
export async function btrbk(scratch: Scratch, count: number): Promise<(Peer & { mount: string }) | null> {
  const needed = ['btrbk', 'btrfs', 'mkfs.btrfs'].filter((program) => !isInstalled(program));
  if (needed.length > 0 || process.getuid?.() !== 0) {
    const why = needed.length > 0 ? needed.join(', ') : 'root, who may mount a btrfs image';
    missing(why, 'btrbk is not compared. Debian packages: btrbk, btrfs-progs');
    return null;
  }
  const mount = await mountBtrfs(scratch, 'btrbk', IMAGE_SIZE);
  for (const folder of ['data', 'snapshots', 'backup']) mkdirSync(join(mount, folder));
  const names = Array.from({ length: count }, (_, index) => `data/s${index}`);
  for (const name of names) {
    await run(['btrfs', 'subvolume', 'create', join(mount, name)]);
    writeFileSync(join(mount, name, 'file'), name);
  }
  const file = join(scratch.path, 'btrbk.conf');
  const settings = [
    'timestamp_format long-iso',
    'snapshot_dir snapshots',
    'snapshot_preserve_min 3h',
    'target_preserve_min 3h',
    `volume ${mount}`,
    `target ${mount}/backup`,
    ...names.map((name) => `subvolume ${name}`),
  ];
  writeFileSync(file, settings.map((line) => `${line}\n`).join(''));
  await run(['btrbk', '-q', '-c', file, 'run']);
  const words = ['btrbk', '-q', '-c', file];
  return { version: ['btrbk', '--version'], dryRun: [...words, 'dryrun'], run: [...words, 'run'], mount };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from './machine.ts';
import { run } from './process.ts';
import { missing } from './report.ts';
import type { Scratch } from './scratch.ts';

/** What another tool does for the same folders. */
export interface Peer {
  version: readonly string[];
  /** Says what it would do and does nothing. */
  dryRun: readonly string[];
}

const IMAGE_SIZE = '300M';

/** rsnapshot with a backup point for each folder, after its first run. Null when it is not here. */
export async function rsnapshot(world: string, folders: readonly string[]): Promise<Peer | null> {
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
    ['link_dest', '1'],
    ['lockfile', `${world}/rsnapshot.pid`],
    ...folders.map((folder, index) => ['backup', `${folder}/`, `s${index}/`]),
  ];
  writeFileSync(file, settings.map((words) => `${words.join('\t')}\n`).join(''));
  await run(['rsnapshot', '-c', file, 'alpha']);
  return { version: ['rsnapshot', 'version'], dryRun: ['rsnapshot', '-c', file, '-t', 'alpha'] };
}

/** btrbk with as many subvolumes, after its first run. Null when it is not here or nothing can be mounted. */
export async function btrbk(scratch: Scratch, count: number): Promise<Peer | null> {
  const needed = ['btrbk', 'btrfs', 'mkfs.btrfs'].filter((program) => !isInstalled(program));
  if (needed.length > 0 || process.getuid?.() !== 0) {
    const why = needed.length > 0 ? needed.join(', ') : 'root, who may mount a btrfs image';
    missing(why, 'btrbk is not compared. Debian packages: btrbk, btrfs-progs');
    return null;
  }
  const image = join(scratch.path, 'btrfs.img');
  const mount = scratch.mountpoint('btrbk');
  await run(['truncate', '-s', IMAGE_SIZE, image]);
  await run(['mkfs.btrfs', '-q', image]);
  await run(['mount', '-o', 'loop', image, mount]);
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
  return { version: ['btrbk', '--version'], dryRun: ['btrbk', '-c', file, 'dryrun'] };
}

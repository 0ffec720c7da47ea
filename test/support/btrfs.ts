import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeTempDir } from './tempdir.ts';

const run = promisify(execFile);

export interface BtrfsMount {
  /** Where it is mounted, with `user_subvol_rm_allowed`. */
  path: string;
  image: string;
  uuid: string;
  unmount(): Promise<void>;
  mount(): Promise<void>;
  /** Unmounts it and deletes the image. */
  remove(): Promise<void>;
}

/** A btrfs of its own in an image file, mounted through a loop device. Needs root. At least 110 MB. */
export function makeBtrfs(sizeMb = 300): Promise<BtrfsMount> {
  return makeFileSystem(sizeMb, ['mkfs.btrfs', '-q'], 'user_subvol_rm_allowed');
}

/** The same of another kind: `mkfs` gets the image as its last word, and `type` is what mount(8) calls its driver. */
export async function makeFileSystem(
  sizeMb: number,
  mkfs: string[],
  options = 'rw',
  type = 'auto',
): Promise<BtrfsMount> {
  const dir = await makeTempDir();
  const image = join(dir.path, 'drive.img');
  const path = join(dir.path, 'mnt');
  await run('truncate', ['-s', `${sizeMb}M`, image]);
  await run(mkfs[0] ?? '', [...mkfs.slice(1), image]);
  const { stdout } = await run('blkid', ['-s', 'UUID', '-o', 'value', image]);
  await mkdir(path);
  const mount = async () => {
    await run('mount', ['-t', type, '-o', `loop,${options}`, image, path]);
  };
  const unmount = async () => {
    await run('umount', ['-R', path]);
  };
  await mount();
  return {
    path,
    image,
    uuid: stdout.trim(),
    mount,
    unmount,
    remove: async () => {
      // It is an error when a test has unmounted it already, and then there is nothing to do.
      await unmount().catch(() => undefined);
      await dir.remove();
    },
  };
}

export async function withBtrfs<T>(sizeMb: number, use: (mount: BtrfsMount) => Promise<T>): Promise<T> {
  const mount = await makeBtrfs(sizeMb);
  try {
    return await use(mount);
  } finally {
    await mount.remove();
  }
}

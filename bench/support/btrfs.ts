import { join } from 'node:path';
import { isInstalled } from './machine.ts';
import { run } from './process.ts';
import type { Scratch } from './scratch.ts';

/** Mounts a new btrfs that is in a file. */
export async function mountBtrfs(scratch: Scratch, name: string, size: string): Promise<string> {
  if (process.getuid?.() !== 0 || !isInstalled('mkfs.btrfs')) throw new Error('btrfs needs root and btrfs-progs');
  const [image, mount] = [join(scratch.path, `${name}.img`), scratch.mountpoint(name)];
  await run(['truncate', '-s', size, image]);
  await run(['mkfs.btrfs', '-q', image], { quiet: true });
  await run(['mount', '-o', 'loop', image, mount]);
  return mount;
}

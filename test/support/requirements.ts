import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, type SuiteFactory } from 'vitest';

const TRY = 'dir=$(mktemp -d) && mount -t tmpfs none "$dir" && umount "$dir"; code=$?; rmdir "$dir"; exit $code';

/** Why no file system can be made and mounted here; null when one can. */
export const noMounts: string | null = whyNoMounts();

/** Tests on file systems of their own. Where those cannot be made the report lists each of the tests as skipped, and why. */
export function describeWithMounts(name: string, tests: SuiteFactory): void {
  if (noMounts === null) describe(name, tests);
  else describe.skip(`${name} (skipped: ${noMounts})`, tests);
}

function whyNoMounts(): string | null {
  if (process.getuid?.() !== 0) return 'only root can mount a file system';
  if (!existsSync('/dev/loop-control')) return 'there are no loop devices';
  if (spawnSync('mkfs.btrfs', ['--version']).status !== 0) return 'btrfs-progs is not installed';
  return spawnSync('sh', ['-c', TRY]).status === 0 ? null : 'mounting is not allowed here';
}

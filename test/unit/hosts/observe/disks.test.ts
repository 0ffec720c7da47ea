import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DISKS_FUNCTION } from '../../../../src/hosts/observe/systems/disks-function.ts';
import { mountTable } from '../../../../src/hosts/observe/mounts.ts';
import type { MountFacts } from '../../../../src/planner/model/facts.ts';
import { makeTempDir } from '../../../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

/*
 * A folder stands in for sysfs: LUKS, LVM and RAID at once are on no machine where tests run. It is as Linux has it: links in
 * class/block, partitions within their disk, `slaves` of what stands on others.
 */
const ROOT = join(dir.path, 'sys');
const device = (path: string, files: Record<string, string> = {}): void => {
  const name = path.split('/').at(-1) ?? '';
  for (const [file, text] of Object.entries({ size: '1', ...files })) {
    const full = join(ROOT, 'devices', path, file);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, `${text}\n`);
  }
  mkdirSync(join(ROOT, 'class/block'), { recursive: true });
  symlinkSync(join('../../devices', path), join(ROOT, 'class/block', name));
};
device('pci/sda', { 'queue/rotational': '1' });
for (const number of [1, 2, 3]) device(`pci/sda/sda${number}`, { partition: String(number) });
device('pci/nvme0n1', { 'queue/rotational': '0' });
device('pci/nvme0n1/nvme0n1p1', { partition: '1' });
device('virtual/dm-0', { 'dm/name': 'luks-1234', 'slaves/sda2': '' });
device('virtual/dm-1', { 'dm/name': 'vg-home', 'slaves/dm-0': '' });
device('virtual/dm-2', { 'dm/name': 'vg-big', 'slaves/dm-0': '', 'slaves/nvme0n1p1': '' });
device('virtual/md0', { 'slaves/sda3': '', 'slaves/nvme0n1p1': '' });
device('virtual/loop0');
for (const name of ['vda', 'mmcblk0']) device(`pci/${name}`, { 'queue/rotational': name === 'vda' ? '1' : '0' });

const SHELLS = ['sh', 'dash', 'bash --posix', 'busybox sh'];

/** What a shell finds out about the mount of a device. */
function mountsBy(shell: string): (source: string) => MountFacts | null {
  const [program = '', ...words] = shell.split(' ');
  const text = DISKS_FUNCTION.replace('sys=/sys/class/block', `sys=${join(ROOT, 'class/block')}`);
  const script = `exec 2>/dev/null\nmounts=' SOURCE="/dev/x'\n${text}\ndisks`;
  const { stdout } = spawnSync(program, [...words, '-c', script], { encoding: 'utf8' });
  const found = stdout.replace('\0', '');
  return (source) =>
    mountTable(
      `ID="1" PARENT="0" UUID="" FSROOT="/" FSTYPE="ext4" SOURCE="${source}" OPTIONS="rw" TARGET="/"`,
      found,
    ).of('/');
}

describe('the whole disks below a mount', () => {
  it.each(SHELLS)('are found below partitions, LUKS, LVM and RAID, by %s', (shell) => {
    const mountOf = mountsBy(shell);
    const disksOf = (source: string): string[] | undefined => mountOf(source)?.disks;
    expect(disksOf('/dev/sda1')).toEqual(['sda']);
    expect(disksOf('/dev/sda')).toEqual(['sda']);
    expect(disksOf('/dev/mapper/luks-1234')).toEqual(['sda']);
    expect(disksOf('/dev/mapper/vg-home')).toEqual(['sda']);
    expect(disksOf('/dev/mapper/vg-big')).toEqual(['nvme0n1', 'sda']);
    expect(disksOf('/dev/md0')).toEqual(['nvme0n1', 'sda']);
    expect(disksOf('/dev/loop0')).toEqual(['loop0']);
    expect(disksOf('server:/home')).toBeUndefined();
  });

  it.each(SHELLS)(
    'rotate where one of them does, and nobody knows of a virtual one or a memory card, by %s',
    (shell) => {
      const mountOf = mountsBy(shell);
      expect(mountOf('/dev/mapper/luks-1234')?.rotates).toBe(true);
      expect(mountOf('/dev/md0')?.rotates).toBe(true);
      expect(mountOf('/dev/nvme0n1p1')?.rotates).toBe(false);
      for (const source of ['/dev/vda', '/dev/mmcblk0', '/dev/loop0', 'server:/home']) {
        expect(mountOf(source)?.rotates).toBeUndefined();
      }
    },
  );
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

/**
 * Not every machine that tests has udev, from which lsblk knows what is on a device: this one asks blkid for the loop
 * devices of the test, and answers in lsblk's words.
 */
const LSBLK = `#!/bin/sh
for device in $LOOPS; do
  value() { blkid -p -s "$1" -o value "$device"; }
  printf 'NAME="%s" KNAME="%s" PKNAME="" TYPE="loop" RO="0" FSTYPE="%s" UUID="%s" PARTUUID="" LABEL=""\\n' \
    "$device" "$device" "$(value TYPE)" "$(value UUID)"
done
`;

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' }).trim();

let dir: TempDir;
let loops: string[];

beforeEach(async () => {
  dir = await makeTempDir();
  loops = [];
  mkdirSync(join(dir.path, 'mnt'));
  mkdirSync(join(dir.path, 'home'));
});
afterEach(async () => {
  // Some tests mount nothing.
  execFileSync('sh', ['-c', 'mountpoint -q "$1" && umount "$1" || true', 'sh', join(dir.path, 'mnt')]);
  for (const loop of loops) run('losetup', '--detach', loop);
  await dir.remove();
});

function image(name: string): string {
  const path = join(dir.path, name);
  run('truncate', '-s', '130M', path);
  return path;
}

function attach(path: string): string {
  const loop = run('losetup', '--find', '--show', path);
  loops.push(loop);
  return loop;
}

/** What a plan says of a sync to the drive that is mounted. */
function planOf(device: string): Plan['syncs'][number] | undefined {
  const mnt = join(dir.path, 'mnt');
  run('mount', device, mnt);
  const sandbox = new Sandbox(dir.path);
  const bin = join(dir.path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'lsblk'), LSBLK, { mode: 0o755 });
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, LOOPS: loops.join(' ') };
  sandbox.writeSpec(`version = 1
volumes.home.path = "${join(dir.path, 'home')}"
[volumes.drive]
path = "${mnt}"
mount.device-uuid = "${run('blkid', '-p', '-s', 'UUID', '-o', 'value', device)}"
[syncs.docs]
source = "home"
destination = "drive:docs"
`);
  // While there is no doubt.
  sandbox.nbkpWith({ ...env, LOOPS: device }, 'prepare', '--yes');
  return (JSON.parse(sandbox.nbkpWith(env, 'plan', '--json').stdout) as Plan).syncs[0];
}

it('a copy of a drive that is plugged in beside it makes it ambiguous, although one of the two is mounted', () => {
  const original = image('original');
  run('mkfs.ext4', '-q', original);
  run('dd', `if=${original}`, `of=${join(dir.path, 'copy')}`, 'bs=1M', 'status=none');
  const device = attach(original);
  attach(join(dir.path, 'copy'));
  expect(planOf(device)).toMatchObject({ state: 'blocked', code: 'drive-ambiguous' });
});

it('the members of one btrfs are one drive', () => {
  const [a, b] = [attach(image('a')), attach(image('b'))];
  run('mkfs.btrfs', '-q', '-d', 'raid1', '-m', 'raid1', a, b);
  run('btrfs', 'device', 'scan', a, b);
  expect(planOf(a)).toMatchObject({ state: 'planned' });
});

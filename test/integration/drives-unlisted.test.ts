import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

/** The fault is forced by an lsblk that fails, as a real one does without /sys, or when no file can be opened any more. */
it('a drive is not taken for absent where no drives could be listed', () => {
  const sandbox = new Sandbox(dir.path);
  const bin = join(dir.path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'lsblk'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  mkdirSync(join(dir.path, 'pictures'));
  sandbox.writeSpec(`version = 1
volumes.home.path = "${join(dir.path, 'pictures')}"
volumes.usb.mount.device-uuid = "11111111-2222-3333-4444-555555555555"
[syncs.docs]
source = "home"
destination = "usb:docs"
`);
  expect(sandbox.nbkp('prepare', 'home', '--yes').code).toBe(0);
  const failing = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  for (const words of [['plan'], ['run'], ['status'], ['check']]) {
    const { code, stdout, stderr } = sandbox.nbkpWith(failing, ...words);
    expect([words, code], stdout + stderr).toEqual([words, words[0] === 'status' ? 4 : 1]);
  }
  expect(sandbox.nbkpWith(failing, 'plan').stdout).toContain('drives-unlisted');
  expect(sandbox.nbkpWith(failing, 'volumes', 'list', '--json').stdout).toContain('"state": "unknown"');
  expect(sandbox.nbkp('run').stdout).toContain('usb is not plugged in');
});

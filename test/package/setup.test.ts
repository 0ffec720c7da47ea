import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withTempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('scripts/setup.js', () => {
  // Nothing is installed here: a program stands in for apt-get, and its packages are still missing afterwards.
  it.skipIf(process.getuid?.() !== 0)('says which Debian packages it installs, and what each is for', async () => {
    await withTempDir((programs) => {
      symlinkSync(process.execPath, join(programs, 'node'));
      writeFileSync(join(programs, 'apt-get'), `#!/bin/sh\necho "$*" >>${programs}/asked\n`, { mode: 0o755 });
      symlinkSync('/bin/sh', join(programs, 'sh'));
      const { stderr } = spawnSync(process.execPath, ['scripts/setup.js', '--demo'], {
        cwd: ROOT,
        env: { PATH: programs },
        encoding: 'utf8',
      });
      expect(stderr).toMatch(
        /^Installing Debian packages with apt-get:\n {2}rsync, util-linux: for the demo and every test that makes a backup\n/,
      );
      expect(readFileSync(join(programs, 'asked'), 'utf8')).toMatch(/install .*rsync util-linux\n/);
      return Promise.resolve();
    });
  });

  it('says nothing when nothing is missing', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/setup.js'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('says exactly what to install, and fails, where the demo lacks a program that it cannot install', async () => {
    await withTempDir((programs) => {
      // A machine that has Node and nothing else: no rsync, no flock, no apt-get.
      symlinkSync(process.execPath, join(programs, 'node'));
      const { status, stderr } = spawnSync(process.execPath, ['scripts/setup.js', '--demo'], {
        cwd: ROOT,
        env: { PATH: programs },
        encoding: 'utf8',
      });
      expect(stderr).toContain('Not installed: rsync, util-linux: for the demo and every test that makes a backup.\n');
      expect(stderr).toMatch(/To install: (?:sudo )?apt-get install rsync util-linux\n/);
      expect(status).toBe(1);
      return Promise.resolve();
    });
  });

  it('names what the tests lack and lets them skip it', async () => {
    await withTempDir((programs) => {
      const { status, stderr } = spawnSync(process.execPath, ['scripts/setup.js', '--test-tools'], {
        cwd: ROOT,
        env: { PATH: programs },
        encoding: 'utf8',
      });
      expect(stderr).toContain('btrfs-progs');
      expect(status).toBe(0);
      return Promise.resolve();
    });
  });
});

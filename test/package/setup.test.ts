import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withTempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('scripts/setup.js', () => {
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
      expect(stderr).toContain('Not installed: rsync, needed by the demo');
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

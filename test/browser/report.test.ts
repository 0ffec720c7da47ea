import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { withTempDir } from '../support/tempdir.ts';

const LOOK = join(import.meta.dirname, 'axe.js');
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join('/usr/bin', name));

function browser(): string {
  const found = BROWSERS.find(existsSync);
  if (found === undefined) throw new Error(`there is no ${BROWSERS.join(', ')}: sudo apt install chromium`);
  return found;
}

interface Seen {
  file: string;
  look: string;
  broken: { id: string; help: string; html: string; nodes: number }[];
  held: number;
  wider: number;
  today: boolean;
}

function looks(...files: string[]): Seen[] {
  const { stdout, stderr } = spawnSync(process.execPath, [LOOK, browser(), ...files], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Seen);
}

const LOOKS = ['light', 'dark', 'phone', 'print'];

describe('in a browser, in light and dark, on a phone and in print,', () => {
  it('a report is for everybody, by WCAG 2.2 AA', () =>
    withTempDir(async (root) => {
      const world = join(root, 'world & <b>more');
      await mkdir(world);
      const backup = new Backup(world, { mode: 'hard-link', sync: 'snapshots.keep = { last = 3 }\nmax-age = "7d"' });
      for (const text of ['one', 'three', 'fifteen']) {
        backup.write({ letter: text });
        backup.run(0);
      }
      const [well, unwell] = [join(root, 'well.html'), join(root, 'unwell.html')];
      expect(backup.sandbox.nbkp('report', '--out', well).code).toBe(0);
      await rm(join(backup.destination, '.nbkp-dst'));
      expect(backup.sandbox.nbkp('report', '--out', unwell).code).not.toBe(0);
      const seen = looks(well, unwell);
      expect(seen.map(({ look }) => look)).toEqual([...LOOKS, ...LOOKS]);
      for (const { file, look, broken, held, wider, today } of seen) {
        // Nobody scrolls in print.
        const shows = look === 'print' || today;
        expect({ file, look, broken, wider, shows }).toEqual({ file, look, broken: [], wider: 0, shows: true });
        expect(held).toBeGreaterThan(10);
      }
    }));

  it('a page that is not is found out', () =>
    withTempDir(async (root) => {
      const pale = join(root, 'pale.html');
      await writeFile(
        pale,
        '<!doctype html><title>Pale</title><p style="color: #ccc; background: #fff; width: 3000px">pale',
      );
      for (const { look, broken, wider } of looks(pale)) {
        expect([look, broken.map(({ id }) => id)]).toEqual([
          look,
          expect.arrayContaining(['color-contrast', 'html-has-lang']),
        ]);
        expect(wider).toBeGreaterThan(0);
      }
    }));
});

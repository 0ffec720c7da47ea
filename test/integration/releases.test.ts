import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asLaptop, LAPTOP } from '../../scripts/release/fixture.js';
import type { HistoryDocument } from '../../src/planner/model/documents.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

/** What each version has written: `npm run release -- fixture` makes one. */
const RELEASES = fileURLToPath(new URL('../releases', import.meta.url));
const NAMES = readdirSync(RELEASES).filter((name) => name.endsWith('.tar.gz'));

let dir: TempDir;
/** It is `/mnt` on a machine that is called as the one where it was written. */
let folder: string;
let sandbox: Sandbox;

beforeEach(async () => {
  dir = await makeTempDir();
  folder = join(dir.path, 'mnt');
  mkdirSync(folder);
  sandbox = new Sandbox(join(dir.path, 'sandbox'), asLaptop(folder));
});
afterEach(() => dir.remove());

const unpack = (name: string): unknown => execFileSync('tar', ['-C', folder, '-xzf', join(RELEASES, name)]);
const nbkp = (...args: string[]): Answer => sandbox.nbkpWith(LAPTOP, ...args);
const succeeds = (...args: string[]): string => {
  const { code, stdout, stderr } = nbkp(...args);
  expect(code, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
};
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const snapshots = (): string[] => readdirSync(join(folder, 'usb/documents/snapshots')).sort();

describe('each release', () => {
  const { version } = JSON.parse(readFileSync(join(RELEASES, '../../package.json'), 'utf8')) as { version: string };

  test('has kept what it writes, this one too', () => expect(NAMES).toContain(`${version}.tar.gz`));
});

for (const name of NAMES)
  describeWithMounts(`what ${name} has written`, () => {
    beforeEach(() => unpack(name));

    test('is read', () => {
      succeeds('spec', 'validate');
      expect(succeeds('show', 'plan.json')).toContain('documents');
      expect(succeeds('plan', '--facts', 'facts.json')).toContain('documents');
      const { runs } = JSON.parse(succeeds('history', '--json')) as HistoryDocument;
      expect(runs.map(({ state }) => state)).toEqual(['died', 'finished', 'finished', 'finished']);
      expect(succeeds('snapshots', 'list')).toContain(snapshots()[0]);
      succeeds('status');
    });

    test('goes on: a run that was killed is cleared up, its backups are added to, and older checksums count', () => {
      const [first = '', second = ''] = snapshots();
      expect(succeeds('recover', '--yes')).toContain('cut');
      expect(succeeds('run')).toContain('3 succeeded');
      const [, , third = ''] = snapshots();
      const letter = (snapshot: string) => statSync(join(folder, 'usb/documents/snapshots', snapshot, 'letter.txt'));
      expect([letter(second).ino, letter(third).ino]).toEqual([letter(first).ino, letter(first).ino]);
      expect(read('usb/music/other.ogg')).toBe('la');
      const copy = join(folder, 'usb/copy/letter.txt');
      const { atime, mtime } = statSync(copy);
      writeFileSync(copy, 'Dear reaper');
      utimesSync(copy, atime, mtime);
      expect(nbkp('verify', 'copy')).toMatchObject({ code: 1, stdout: expect.stringContaining('letter.txt') });
      succeeds('restore', `documents@${first}`, '--to', 'back', '--yes');
      expect(read('back/list.txt')).toBe('milk');
    });

    test('is no plan to apply any more where its backups were moved to other files, and the answer says why', () => {
      const { code, stdout, stderr } = nbkp('apply', 'plan.json', '--yes');
      expect({ code, said: stdout + stderr }).toEqual({ code: 3, said: expect.stringContaining('plan-stale') });
      expect(snapshots()).toHaveLength(2);
    });
  });

describeWithMounts('what a newer nbkp has written', () => {
  beforeEach(() => unpack(NAMES.at(-1) ?? ''));

  test.each([
    ['nbkp.toml', ['run'], 65, 'install that version'],
    ['plan.json', ['apply', 'plan.json', '--yes'], 65, 'Use the nbkp that made it'],
    ['facts.json', ['plan', '--facts', 'facts.json'], 65, 'Use the nbkp that made it'],
    ['state/format.json', ['run'], 1, 'was written by a newer nbkp (format 2.0)'],
    ['laptop/Documents/.nbkp-src', ['run', '--only', 'documents'], 1, '.nbkp-src was written by a newer nbkp'],
    ['usb/documents/.nbkp-dst', ['run', '--only', 'documents'], 1, '.nbkp-dst was written by a newer nbkp'],
    ['usb/documents/.nbkp-dst', ['prepare', 'usb', '--take-over', '--yes'], 1, '.nbkp-dst was written by a newer nbkp'],
    ['usb/documents/.nbkp-last.json', ['run', '--only', 'documents'], 1, '.nbkp-last.json was written by a newer'],
    [
      'usb/documents/.nbkp-dst',
      ['snapshots', 'prune', '--only', 'documents', '--yes'],
      1,
      'was written by a newer nbkp',
    ],
    ['usb/documents/.nbkp-dst', ['check'], 1, 'Install that version again'],
  ])('in %s is refused with words by %j, and left as it is', (path, words, code, text) => {
    const newer = read(path).replace(/("formatVersion": ?")\d+\.\d+|(version = )1/, (_, json, toml) =>
      json === undefined ? `${toml}2` : `${json}2.0`,
    );
    expect(newer).not.toBe(read(path));
    writeFileSync(join(folder, path), newer);
    const before = snapshots();
    const answer = nbkp(...words);
    expect({ code: answer.code, said: (answer.stdout + answer.stderr).replaceAll(/\s+/g, ' ') }).toEqual({
      code,
      said: expect.stringContaining(text),
    });
    expect(answer.stderr).not.toContain('bug in nbkp');
    expect([read(path), snapshots()]).toEqual([newer, before]);
  });
});

import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { runScript } from '../support/scripted.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let subject: Backup;
let script: string;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link' });
  subject.write({ file: '1' });
  subject.run(0);
  script = subject.expectCode(0, subject.sandbox.nbkp('script')).stdout;
});

afterAll(() => dir.remove());

const folders = { '.nbkp-vol': 'drive', '.nbkp-src': 'source', '.nbkp-dst': 'destination' } as const;
const real = (): string => join(dir.path, 'real');

it.each([
  ['.nbkp-vol', 'link'],
  ['.nbkp-src', 'folder'],
  ['.nbkp-dst', 'link'],
] as const)('what has the name of a mark and is no file is none: %s, %s', (name, is) => {
  const mark = join(subject[folders[name]], name);
  const before = subject.snapshots();
  renameSync(mark, real());
  if (is === 'folder') mkdirSync(mark);
  else symlinkSync(real(), mark);
  const said = readFileSync(real(), 'utf8');
  try {
    const refused = subject.run(1);
    expect(refused.syncs).toMatchObject([
      { outcome: 'blocked', reason: expect.stringContaining('nbkp makes its marks as files') as string },
    ]);
    expect(runScript(subject.sandbox, script)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('mark-not-file') as string,
    });
    expect(lstatSync(mark).isFile()).toBe(false);
    expect(readFileSync(real(), 'utf8')).toBe(said);
    expect(subject.snapshots()).toEqual(before);
  } finally {
    rmSync(mark, { recursive: true });
    renameSync(real(), mark);
  }
});

it('a note of the last success that is a link is replaced, and nothing is written through it', () => {
  const note = join(subject.destination, '.nbkp-last.json');
  renameSync(note, real());
  symlinkSync(real(), note);
  const said = readFileSync(real(), 'utf8');
  subject.write({ file: '2' });
  subject.run(0);
  expect(readFileSync(real(), 'utf8')).toBe(said);
  expect(lstatSync(note).isFile()).toBe(true);
});

it.each(['drive', 'source', 'destination'] as const)(
  'a file in the place of a folder is no folder: the %s',
  (which) => {
    const folder = subject[which];
    const before = subject.snapshots();
    const aside = join(dir.path, 'aside');
    renameSync(folder, aside);
    writeFileSync(folder, 'a file');
    try {
      const refused = subject.run(1);
      expect(refused.syncs).toMatchObject([
        { outcome: 'blocked', reason: expect.stringContaining(`${folder} is no folder`) as string },
      ]);
      const commands = [['prepare', '--yes'], ['check'], ['status']];
      const said = commands.map((command) => subject.sandbox.nbkp(...command));
      expect(said.map(({ code, stdout }) => [code, stdout.includes('not-a-folder')])).toEqual([
        [1, true],
        [1, true],
        [4, true],
      ]);
      expect(readFileSync(folder, 'utf8')).toBe('a file');
    } finally {
      rmSync(folder);
      renameSync(aside, folder);
    }
    expect(subject.snapshots()).toEqual(before);
  },
);

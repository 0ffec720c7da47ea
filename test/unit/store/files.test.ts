import { hostname } from 'node:os';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createAtomically,
  makeDirectory,
  namesIn,
  readIfPresent,
  replaceAtomically,
  sweepTemporary,
  writeAllAtomically,
  writeAtomically,
} from '../../../src/store/files.ts';
import { isRecord, parseJson } from '../../../src/planner/model/json.ts';
import { layFiles } from '../../../src/store/own-files.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
let path: string;

beforeEach(async () => {
  dir = await makeTempDir();
  path = join(dir.path, 'file');
});

afterEach(() => dir.remove());

const modeOf = (file: string): number => statSync(file).mode & 0o7777;

describe('a folder that is made', () => {
  it('has all that is missing above it, for its owner only; one that is there stays as it is', () => {
    makeDirectory(join(dir.path, 'a/b/c'));
    expect(['a', 'a/b', 'a/b/c'].map((name) => modeOf(join(dir.path, name)))).toEqual([0o700, 0o700, 0o700]);
    chmodSync(join(dir.path, 'a'), 0o755);
    makeDirectory(join(dir.path, 'a'));
    expect(modeOf(join(dir.path, 'a'))).toBe(0o755);
  });

  it('may be behind a link, and takes no place of a file', () => {
    mkdirSync(join(dir.path, 'real'));
    symlinkSync('real', join(dir.path, 'link'));
    makeDirectory(join(dir.path, 'link'));
    makeDirectory(join(dir.path, 'link/inner'));
    expect(readdirSync(join(dir.path, 'real'))).toEqual(['inner']);
    writeFileSync(path, '');
    expect(() => makeDirectory(path)).toThrow('EEXIST');
    expect(() => makeDirectory(join(path, 'inner'))).toThrow('ENOTDIR');
  });

  it('is not tried for ever where none can be made', () => {
    expect(() => makeDirectory('/proc/nbkp/state')).toThrow('ENOENT');
    expect(() => makeDirectory('')).toThrow('ENOENT');
  });
});

describe('a file that is written', () => {
  it('has all of its text, is for its owner only, and leaves nothing beside it', () => {
    writeAtomically(path, 'one');
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['one', 0o600]);
    writeAtomically(path, 'two', 0o700);
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['two', 0o700]);
    expect(readdirSync(dir.path)).toEqual(['file']);
  });

  it('that cannot be named leaves nothing beside it, and what was there stays', () => {
    mkdirSync(path);
    expect(() => createAtomically(path, 'x')).toThrow('EEXIST');
    expect(readdirSync(dir.path)).toEqual(['file']);
    expect(() => writeAtomically(join(dir.path, 'none/file'), 'x')).toThrow('ENOENT');
  });

  it('as a new one takes the place of nothing', () => {
    createAtomically(path, 'first');
    expect(modeOf(path)).toBe(0o600);
    expect(() => createAtomically(path, 'second')).toThrow('EEXIST');
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(readdirSync(dir.path)).toEqual(['file']);
  });

  it('among others gets its own text', () => {
    writeAllAtomically(
      dir.path,
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    );
    expect(['a', 'b'].map((name) => readFileSync(join(dir.path, name), 'utf8'))).toEqual(['1', '2']);
    expect(modeOf(join(dir.path, 'a'))).toBe(0o600);
  });

  it('in place of another has its owner and mode, and not where that has changed meanwhile', () => {
    const isRoot = process.getuid?.() === 0;
    const owned = { mode: 0o104640, uid: isRoot ? 1000 : statSync('.').uid, gid: isRoot ? 50 : statSync('.').gid };
    writeFileSync(path, 'old');
    expect(replaceAtomically(path, 'new', owned, () => false)).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(replaceAtomically(path, 'new', owned, () => true)).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path)).toMatchObject({ uid: owned.uid, gid: owned.gid });
    expect(modeOf(path)).toBe(0o4640);
    expect(readdirSync(dir.path)).toEqual(['file']);
  });
});

describe('what is read', () => {
  it('is nothing where nothing is there, and an error where something else is', () => {
    expect(readIfPresent(path)).toBeNull();
    expect(namesIn(path)).toEqual([]);
    writeFileSync(path, 'ä');
    expect(readIfPresent(path)).toBe('ä');
    expect(() => namesIn(path)).toThrow('ENOTDIR');
    expect(() => readIfPresent(dir.path)).toThrow('EISDIR');
    expect(namesIn(dir.path)).toEqual(['file']);
  });

  it.each([
    ['{"a":1}', { a: 1 }, true],
    ['[1]', [1], false],
    ['null', null, false],
    ['"a"', 'a', false],
    ['{', undefined, false],
  ])('as JSON: %s', (text, value, record) => {
    expect(parseJson(text)).toEqual(value);
    expect(isRecord(parseJson(text))).toBe(record);
  });
});

describe('what a killed writer has left', () => {
  const tag = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const left = (machine: string, pid: number): string => `.nbkp-tmp-record.json-${machine}-${pid}-0123abcd`;

  it('is removed when it was of this machine and is gone', () => {
    const kept = [left(tag, process.pid), left(tag, 1), left('0123abcd', 4_194_305), '.nbkp-tmp-other', 'file'];
    for (const name of [...kept, left(tag, 4_194_305)]) writeFileSync(join(dir.path, name), '');
    sweepTemporary(dir.path);
    expect(readdirSync(dir.path).sort()).toEqual(kept.sort());
    sweepTemporary(join(dir.path, 'none'));
  });
});

describe('files of nbkp', () => {
  it('are written where they are not so, in the folders that they need', () => {
    const files = new Map([
      ['a/one', '1'],
      ['two', '2'],
    ]);
    layFiles(dir.path, files);
    expect(readFileSync(join(dir.path, 'a/one'), 'utf8')).toBe('1');
    const before = statSync(join(dir.path, 'two')).ino;
    writeFileSync(join(dir.path, 'a/one'), 'other');
    layFiles(dir.path, files);
    expect(readFileSync(join(dir.path, 'a/one'), 'utf8')).toBe('1');
    expect(statSync(join(dir.path, 'two')).ino).toBe(before);
  });
});

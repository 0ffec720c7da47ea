import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newerState, noteFormat } from '../../../src/store/state-format.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
let file: string;

beforeEach(async () => {
  dir = await makeTempDir();
  file = join(dir.path, 'format.json');
});

afterEach(() => dir.remove());

describe('the format of a state directory', () => {
  it('is noted once, and is one that this nbkp knows', () => {
    noteFormat(dir.path);
    const noted = readFileSync(file, 'utf8');
    noteFormat(dir.path);
    expect(readFileSync(file, 'utf8')).toBe(noted);
    expect(readdirSync(dir.path)).toEqual(['format.json']);
    expect(newerState(dir.path)).toBeNull();
  });

  it.each(['1.1', '2.0', '10.0'])('%s is newer', (formatVersion) => {
    writeFileSync(file, JSON.stringify({ formatVersion }));
    expect(newerState(dir.path)?.message).toBe(
      `${dir.path} was written by a newer nbkp (format ${formatVersion}); this one knows 1.0.`,
    );
  });

  it.each(['0.9', '1.0'])('%s is known', (formatVersion) => {
    writeFileSync(file, JSON.stringify({ formatVersion }));
    expect(newerState(dir.path)).toBeNull();
  });

  it.each(['', '[]', '{"formatVersion":"one"}', '{"formatVersion":3}'])('is noted anew where %s is noted', (text) => {
    writeFileSync(file, text);
    expect(newerState(dir.path)).toBeNull();
    noteFormat(dir.path);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ formatVersion: '1.0' });
  });

  it('is not known where nothing is there', () => {
    expect(newerState(join(dir.path, 'none'))).toBeNull();
    mkdirSync(file);
    expect(newerState(dir.path)).toBeNull();
  });
});

import { chmodSync, linkSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceSpec } from '../../../src/store/replaced-spec.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
let path: string;

beforeEach(async () => {
  dir = await makeTempDir();
  path = join(dir.path, 'nbkp.toml');
  writeFileSync(path, 'old');
});

afterEach(() => dir.remove());

const refused = (code: string, message = ''): object => ({
  ok: false,
  findings: [{ code, message: expect.stringContaining(message) as string }],
});

it('an edited spec takes the place of what was read, with its mode', () => {
  chmodSync(path, 0o640);
  expect(replaceSpec(path, 'old', 'new')).toEqual({ ok: true, value: null, findings: [] });
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['new', 0o640]);
  expect(readdirSync(dir.path)).toEqual(['nbkp.toml']);
});

it('a link stays one, and what it leads to is replaced', () => {
  const link = join(dir.path, 'link');
  symlinkSync('nbkp.toml', link);
  expect(replaceSpec(link, 'old', 'new').ok).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(dir.path).sort()).toEqual(['link', 'nbkp.toml']);
  expect(statSync(link).ino).toBe(statSync(path).ino);
});

it('what somebody has changed or removed meanwhile stays as it is', () => {
  expect(replaceSpec(path, 'older', 'new')).toMatchObject(refused('spec-changed'));
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(replaceSpec(join(dir.path, 'none'), 'old', 'new')).toMatchObject(refused('spec-changed'));
});

it('one with a second name stays, since that would keep the old text', () => {
  linkSync(path, join(dir.path, 'second'));
  expect(replaceSpec(path, 'old', 'new')).toMatchObject(refused('file-unwritable', 'a hard link'));
  expect(readFileSync(path, 'utf8')).toBe('old');
});

it('what is no file is refused with what the system says', () => {
  expect(replaceSpec(join(path, 'inner'), 'old', 'new')).toMatchObject(refused('file-unwritable', 'ENOTDIR'));
});

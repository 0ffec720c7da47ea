import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newFileProblem, writeNewFile } from '../../../src/store/new-file.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

const path = (name: string): string => join(dir.path, name);
const codeOf = (result: ReturnType<typeof writeNewFile>): string | null =>
  result.ok ? null : (result.findings[0]?.code ?? '');

describe('a file that must not be there yet', () => {
  it('is written for its user alone, and nothing else is left', () => {
    expect(newFileProblem(path('new'))).toBeNull();
    expect(codeOf(writeNewFile(path('new'), 'text'))).toBeNull();
    expect(readFileSync(path('new'), 'utf8')).toBe('text');
    expect(statSync(path('new')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir.path)).toEqual(['new']);
  });

  it.each<[string, (at: string) => void]>([
    ['a file', (at) => writeFileSync(at, 'mine')],
    ['a folder', (at) => mkdirSync(at)],
    ['a link that leads nowhere', (at) => symlinkSync('/nonexistent/file', at)],
  ])('takes the place of nothing: %s', (_, make) => {
    make(path('taken'));
    expect(newFileProblem(path('taken'))?.code).toBe('file-exists');
    expect(codeOf(writeNewFile(path('taken'), 'text'))).toBe('file-exists');
    expect(readdirSync(dir.path)).toEqual(['taken']);
  });

  it('makes the folders above it only where that is asked for', () => {
    expect(newFileProblem(path('a/b/new'))).toBeNull();
    expect(codeOf(writeNewFile(path('a/b/new'), 'text'))).toBe('file-unwritable');
    expect(readdirSync(dir.path)).toEqual([]);
    expect(codeOf(writeNewFile(path('a/b/new'), 'text', { folder: true }))).toBeNull();
    expect(statSync(path('a/b')).mode & 0o777).toBe(0o700);
  });

  it('has no place below a file, or where the system takes none', () => {
    writeFileSync(path('file'), '');
    expect(newFileProblem(path('file/new'))?.code).toBe('file-unwritable');
    expect(codeOf(writeNewFile(path('file/new'), 'text', { folder: true }))).toBe('file-unwritable');
    // Not even root may write there.
    expect(newFileProblem('/proc/sys/new')?.code).toBe('file-unwritable');
    expect(codeOf(writeNewFile('/proc/new', 'text'))).toBe('file-unwritable');
  });
});

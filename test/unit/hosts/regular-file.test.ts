import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readWhole, withFile } from '../../../src/hosts/regular-file.ts';
import { withTempDir } from '../../support/tempdir.ts';

const LIMIT = 1024 * 1024;

it('reads all of a file, and one of /proc, which says that it is empty', () =>
  withTempDir((dir) => {
    const path = join(dir, 'file');
    for (const text of ['', 'x', 'x'.repeat(300_000)]) {
      writeFileSync(path, text);
      expect(withFile(path, (file) => readWhole(file, LIMIT)).toString()).toBe(text);
    }
    expect(withFile('/proc/self/comm', (file) => readWhole(file, LIMIT)).toString()).not.toBe('');
    return Promise.resolve();
  }));

it('reads at most as much as it may', () =>
  withTempDir((dir) => {
    const path = join(dir, 'file');
    writeFileSync(path, 'x'.repeat(LIMIT));
    expect(withFile(path, (file) => readWhole(file, LIMIT))).toHaveLength(LIMIT);
    appendFileSync(path, 'x');
    expect(withFile(path, (file) => readWhole(file, LIMIT))).toBe('it is larger than 1 MiB');
    return Promise.resolve();
  }));

it('does not follow what grows while it is read', () =>
  withTempDir((dir) => {
    const path = join(dir, 'file');
    writeFileSync(path, 'x'.repeat(100_000));
    const read = withFile(path, (file) => {
      appendFileSync(path, 'more');
      return readWhole(file, LIMIT);
    });
    expect(read).toBe('it grows while it is read');
    return Promise.resolve();
  }));

it('refuses at once what is no regular file', () =>
  withTempDir((dir) => {
    const pipe = join(dir, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(withFile(dir, (file) => readWhole(file, LIMIT))).toBe('it is a folder');
    for (const path of [pipe, '/dev/zero', '/dev/null']) {
      expect(withFile(path, (file) => readWhole(file, LIMIT))).toBe('it is not a regular file');
    }
    return Promise.resolve();
  }));

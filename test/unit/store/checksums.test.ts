import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { heldTimes } from '../../../src/planner/file-systems/held-times.ts';
import type { CopiedFile } from '../../../src/planner/model/verification.ts';
import { ChecksumLog, readChecksums, type RecordedChecksums } from '../../../src/store/checksums.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

const ENDS = 'a'.repeat(64);
const FILE: CopiedFile = { path: 'my letter', size: 3, time: 1_700_000_000, checksum: 'f4d0497cf9394caa' };
const FULL = 8 * 1024 * 1024;

let dir: TempDir;
let folder: string;

beforeEach(async () => {
  dir = await makeTempDir();
  folder = join(dir.path, 'checksums', ENDS.slice(0, 32));
});

afterEach(() => dir.remove());

const log = (): ChecksumLog => new ChecksumLog(dir.path, 'key', { docs: ENDS });
const read = (): Promise<RecordedChecksums> =>
  readChecksums({ state: dir.path, specKey: 'key', sync: 'docs', ends: ENDS }, heldTimes(null));

function write(...files: CopiedFile[]): void {
  const subject = log();
  for (const file of files) subject.add('docs', file);
  expect(subject.close()).toEqual([]);
}

describe('the checksums of what was copied', () => {
  it('are known of that content, at that path and time', async () => {
    write(FILE, { ...FILE, path: 'old', time: -5 });
    const recorded = await read();
    expect([recorded.knows(FILE), recorded.holds(FILE)]).toEqual([true, true]);
    expect(recorded.holds({ ...FILE, path: 'old', time: -5 })).toBe(true);
    expect(recorded.knows({ ...FILE, checksum: 'ffffffff', size: 9 })).toBe(true);
    for (const other of [{ checksum: 'ffffffff' }, { size: 9 }])
      expect(recorded.holds({ ...FILE, ...other })).toBe(false);
    for (const other of [{ path: 'x' }, { time: 9 }]) {
      expect([recorded.knows({ ...FILE, ...other }), recorded.holds({ ...FILE, ...other })]).toEqual([false, false]);
    }
  });

  it('are none of what is no whole line', async () => {
    write(FILE);
    const [name = ''] = readdirSync(folder);
    for (const torn of ['f4d0497cf9394caa 3 17', 'f4d0 3 1700000000 my letter', 'xyz', '']) {
      writeFileSync(join(folder, name), `${torn}\n`);
      const recorded = await read();
      expect([recorded.knows(FILE), recorded.holds(FILE)]).toEqual([false, false]);
    }
  });

  it('of one file are known where another cannot be read, which is told', async () => {
    mkdirSync(join(folder, '00000001.txt'), { recursive: true });
    writeFileSync(join(folder, '00000002.txt'), '');
    write(FILE);
    const recorded = await read();
    expect(recorded.holds(FILE)).toBe(true);
    expect(recorded.findings).toMatchObject([{ severity: 'warning', code: 'checksums-unreadable' }]);
  });

  it('are none where something else is in the place of their folder, which is told', async () => {
    mkdirSync(dirname(folder), { recursive: true });
    writeFileSync(folder, 'a file');
    const recorded = await read();
    expect(recorded.holds(FILE)).toBe(false);
    expect(recorded.findings).toMatchObject([{ code: 'checksums-unreadable' }]);
  });

  it('stand on a line of their own behind one that a kill has torn', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '00000007.txt'), 'f4d0497cf9394caa 3 17');
    writeFileSync(join(folder, 'notes'), '');
    write(FILE);
    expect((await read()).holds(FILE)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['00000007.txt', 'notes']);
  });

  it('are written while the run goes on, not only at its end', () => {
    const subject = log();
    for (let count = 0; count < 2000; count += 1) subject.add('docs', FILE);
    expect(readFileSync(join(folder, '00000001.txt'), 'utf8').length).toBeGreaterThanOrEqual(65_536);
    expect(subject.close()).toEqual([]);
    expect(readFileSync(join(folder, '00000001.txt'), 'utf8').trim().split('\n')).toHaveLength(2000);
    expect(subject.close()).toEqual([]);
  });

  it('are known of many files, and of no others', async () => {
    const files = Array.from({ length: 3000 }, (_, index) => ({ ...FILE, path: `f${index}` }));
    write(...files.filter((_, index) => index % 2 === 0));
    const recorded = await read();
    expect(files.map((file) => recorded.holds(file))).toEqual(files.map((_, index) => index % 2 === 0));
  });

  it('begin another file when one is full, and the oldest of too many go', () => {
    write(FILE);
    truncateSync(join(folder, '00000001.txt'), FULL - 1);
    write(FILE);
    expect(readdirSync(folder)).toEqual(['00000001.txt']);
    truncateSync(join(folder, '00000001.txt'), FULL);
    write(FILE);
    expect(readdirSync(folder).sort()).toEqual(['00000001.txt', '00000002.txt']);
    for (let number = 3; number <= 33; number += 1) {
      writeFileSync(join(folder, `${String(number).padStart(8, '0')}.txt`), '');
    }
    truncateSync(join(folder, '00000033.txt'), FULL);
    write(FILE);
    const names = readdirSync(folder).sort();
    expect([names.length, names[0], names.at(-1)]).toEqual([32, '00000003.txt', '00000034.txt']);
  });

  it('that cannot be written are a warning, once, and no more are tried', () => {
    writeFileSync(join(dir.path, 'checksums'), '');
    const subject = log();
    for (let count = 0; count < 2000; count += 1) subject.add('docs', FILE);
    expect(subject.close()).toMatchObject([{ severity: 'warning', code: 'checksums-unwritable' }]);
  });
});

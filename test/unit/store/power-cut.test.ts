import { mkdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { consumePlan } from '../../../src/store/applied-plans.ts';
import { ChecksumLog } from '../../../src/store/checksums.ts';
import { createAtomically, makeDirectory, writeAllAtomically, writeAtomically } from '../../../src/store/files.ts';
import { Journal } from '../../../src/store/journal.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';
import { header } from '../executors/run/rig.ts';
import { storageCalls } from './storage-calls.ts';

let dir: TempDir;
let folder: string;

beforeEach(async () => {
  dir = await makeTempDir();
  folder = join(dir.path, 'folder');
  mkdirSync(folder);
});

afterEach(() => dir.remove());

describe('before a power cut can come', () => {
  it('a file is flushed before it gets its name, and the name after it', () => {
    expect(storageCalls(() => writeAtomically(join(folder, 'a'), 'text'))).toEqual([
      'fsync temporary a',
      'rename a',
      'fsync folder',
    ]);
  });

  it('a file that must not be there yet is flushed alike', () => {
    expect(storageCalls(() => createAtomically(join(folder, 'a'), 'text'))).toEqual([
      'fsync temporary a',
      'link a',
      'fsync folder',
    ]);
  });

  it('of many files all are flushed before the first gets its name', () => {
    const texts = new Map([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(storageCalls(() => writeAllAtomically(folder, texts))).toEqual([
      'fsync temporary a',
      'fsync temporary b',
      'rename a',
      'rename b',
      'fsync folder',
    ]);
  });

  it('a directory is in the one above it', () => {
    expect(storageCalls(() => makeDirectory(join(folder, 'a/b')))).toEqual(['fsync folder', 'fsync a']);
    expect(storageCalls(() => makeDirectory(join(folder, 'a/b')))).toEqual([]);
  });

  it('a plan is marked as applied', () => {
    const plan = { id: 'sha256:test', createdAt: '2026-03-10T12:00:00.000Z' };
    const calls = storageCalls(() => expect(consumePlan(folder, plan, Date.parse(plan.createdAt)).ok).toBe(true));
    expect(calls.slice(-2)).toEqual([expect.stringMatching(/^fsync [0-9a-f]{32}\.json$/), 'fsync applied-plans']);
  });

  it('checksums are kept', () => {
    const log = new ChecksumLog(folder, '0123456789abcdef', { docs: 'ends' });
    const calls = storageCalls(() => {
      log.add('docs', { checksum: 'abcdef01', size: 1, time: 2, path: 'a' });
      expect(log.close()).toEqual([]);
    });
    expect(calls.at(-1)).toBe('fsync 00000001.txt');
  });
});

describe('a journal', () => {
  const AT = '2026-03-10T12:00:00.000Z';

  it('has flushed each note when it says so, its first line with its size', async () => {
    const path = join(dir.path, 'journal.ndjson');
    // Both are methods of the handles that node:fs/promises opens; everything is really written.
    const handle = await open(join(dir.path, 'other'), 'w');
    const prototype = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    const flushed: string[] = [];
    const note = (how: string) => () => {
      flushed.push(`${how} ${readFileSync(path, 'utf8').split('\n').length - 1}`);
      return Promise.resolve();
    };
    const spies = [
      vi.spyOn(prototype, 'sync').mockImplementation(note('sync')),
      vi.spyOn(prototype, 'datasync').mockImplementation(note('datasync')),
    ];
    try {
      const journal = await Journal.create(path, header);
      expect(flushed).toEqual(['sync 1']);
      await journal.begin('a', AT);
      expect(flushed).toEqual(['sync 1', 'datasync 2']);
      await journal.end({ id: 'a', outcome: 'done', startedAt: AT, durationMs: 5, findings: [], log: [] });
      expect(flushed).toEqual(['sync 1', 'datasync 2', 'datasync 3']);
      await journal.close();
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });
});

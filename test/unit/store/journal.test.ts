import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/planner/model/run.ts';
import { Journal } from '../../../src/store/journal.ts';
import { readJournal } from '../../../src/store/journal-entry.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';
import { header } from '../executors/run/rig.ts';

let dir: TempDir;
let path: string;

beforeEach(async () => {
  dir = await makeTempDir();
  path = join(dir.path, 'journal.ndjson');
});

afterEach(() => dir.remove());

const AT = '2026-03-10T12:00:00.000Z';

function record(id: string): StepRecord {
  return { id, outcome: 'done', startedAt: AT, durationMs: 5, findings: [], log: ['two\nlines'] };
}

describe('a journal', () => {
  it('gives back what was noted', async () => {
    const journal = await Journal.create(path, header);
    expect(await journal.begin('a', AT)).toBeNull();
    expect(await journal.end(record('a'))).toBeNull();
    await journal.begin('b', AT);
    await journal.close();
    const content = readJournal(readFileSync(path, 'utf8'));
    expect(content?.header).toEqual(header);
    expect([...(content?.begun ?? [])]).toEqual([
      ['a', AT],
      ['b', AT],
    ]);
    expect([...(content?.ended.values() ?? [])]).toEqual([record('a')]);
  });

  it('has each note in the file when it says so, in the order in which they were made', async () => {
    const journal = await Journal.create(path, header);
    const ids = Array.from({ length: 100 }, (_, index) => `s${index}`);
    await Promise.all(
      ids.map(async (id) => {
        await journal.begin(id, AT);
        expect(readJournal(readFileSync(path, 'utf8'))?.begun.has(id)).toBe(true);
      }),
    );
    expect([...(readJournal(readFileSync(path, 'utf8'))?.begun.keys() ?? [])]).toEqual(ids);
    await journal.close();
  });

  it('of a run that was killed takes no more notes: nothing begins, and nobody is told of a disk', async () => {
    const journal = await Journal.create(path, header);
    await journal.begin('a', AT);
    journal.abandon();
    expect(await journal.end(record('a'))).toBeNull();
    expect(await journal.begin('b', AT)).not.toBeNull();
    expect([...(readJournal(readFileSync(path, 'utf8'))?.begun.keys() ?? [])]).toEqual(['a']);
  });

  it('is for its owner only, and never another one', async () => {
    await (await Journal.create(path, header)).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(Journal.create(path, header)).rejects.toThrow('EEXIST');
  });

  it('can be read whatever became of single lines', () => {
    const lines = [
      JSON.stringify(header),
      '{"type":"begin","step":"a","at":"2026-03-10T12:00:00.000Z"}',
      '{"type":"begin","st',
      '',
      '\0\0\0\0',
      'null',
      '{"type":"from the future"}',
      '{"type":"begin","step":"b","at":"2026-03-10T12:00:00.000Z"}',
    ];
    expect([...(readJournal(lines.join('\n'))?.begun.keys() ?? [])]).toEqual(['a', 'b']);
  });

  it('says nothing without its first line', () => {
    expect(readJournal('')).toBeNull();
    expect(readJournal('{"type":"begin","step":"a","at":"2026-03-10T12:00:00.000Z"}\n')).toBeNull();
  });
});

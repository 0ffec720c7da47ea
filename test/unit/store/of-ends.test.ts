import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldTimes } from '../../../src/planner/file-systems/held-times.ts';
import { ChecksumLog, readChecksums } from '../../../src/store/checksums.ts';
import { readLastRuns, writeLastRuns } from '../../../src/store/history.ts';
import { readVerification, writeVerification } from '../../../src/store/verification-state.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

const FILE = { path: 'letter', size: 3, time: 1_700_000_000, checksum: 'f4d0497cf9394caab34d1a3ab2bece70' };
const LINE = `${FILE.checksum} ${FILE.size} ${FILE.time} ${FILE.path}\n`;
const [HERE, THERE] = ['a'.repeat(64), 'b'.repeat(64)];
const COUNTS = { total: 9, files: 0, bytes: 0, recorded: 0, sameAsSource: 0, unknown: 0, bad: 0 };
const VERIFICATION = { path: '/usb/docs', step: 1, first: 1, counts: COUNTS, problems: [], finishedAt: null };

describe('what is recorded of a copy', () => {
  let dir: TempDir;
  let count = 0;
  beforeAll(async () => {
    dir = await makeTempDir();
  });
  afterAll(() => dir.remove());

  const fresh = (): string => join(dir.path, String((count += 1)));

  /** As an older nbkp has filed it. */
  function old(sync: string, ends?: string): string {
    const state = fresh();
    const folder = join(state, 'specs/key/checksums', sync);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '00000001.txt'), LINE);
    mkdirSync(join(state, 'specs/key/verify'));
    writeFileSync(join(state, `specs/key/verify/${sync}.json`), JSON.stringify(VERIFICATION));
    if (ends !== undefined) writeLastRuns(state, 'key', { [sync]: { ends, lastRun: null, lastSuccess: null } });
    return state;
  }

  async function known(state: string, sync: string, ends: string): Promise<boolean[]> {
    const of = { state, specKey: 'key', sync, ends };
    return [(await readChecksums(of, heldTimes(null))).holds(FILE), readVerification(of) !== null];
  }

  it('belongs to where a sync reads and writes, whatever its name and spec', async () => {
    const state = fresh();
    const log = new ChecksumLog(state, 'key', { docs: HERE });
    log.add('docs', FILE);
    expect(log.close()).toEqual([]);
    writeVerification({ state, specKey: 'key', sync: 'docs', ends: HERE }, VERIFICATION);
    expect(await known(state, 'docs', HERE)).toEqual([true, true]);
    expect(await known(state, 'docs', THERE)).toEqual([false, false]);
    const renamed = { state, specKey: 'another', sync: 'papers', ends: HERE };
    expect((await readChecksums(renamed, heldTimes(null))).holds(FILE)).toBe(true);
  });

  it('is taken over once from where an older nbkp has filed it by name', async () => {
    for (const state of [old('docs'), old('docs', HERE)]) {
      expect(await known(state, 'docs', HERE)).toEqual([true, true]);
      expect(readdirSync(join(state, 'specs/key/checksums'))).toEqual([]);
      expect(await known(state, 'docs', HERE)).toEqual([true, true]);
    }
    expect(await known(old('docs', HERE), 'papers', HERE)).toEqual([true, true]);
    expect(await known(old('docs', HERE), 'docs', THERE)).toEqual([false, false]);
    expect(await known(old('docs'), 'papers', HERE)).toEqual([false, false]);
  });

  it('is read once of the own spec, a damaged entry told once', () => {
    const state = old('docs', HERE);
    writeFileSync(join(state, 'specs/key/broken.json'), '{');
    const { history, findings } = readLastRuns(state, 'key', { docs: HERE, papers: HERE });
    expect(findings).toMatchObject([{ code: 'history-unreadable' }]);
    expect(Object.keys(history).sort()).toEqual(['docs', 'papers']);
  });
});

import { describe, expect, it } from 'vitest';
import {
  changesBeforeEnd,
  changesOf,
  onlyVanished,
  mergePasses,
} from '../../../../../src/executors/kinds/rsync/changes.ts';
import type { Job } from '../../../../../src/executors/kinds/rsync/job.ts';
import { postponed } from '../../../../../src/executors/kinds/rsync/postponed.ts';
import { unlinkedRemarks } from '../../../../../src/executors/kinds/rsync/unlinked.ts';
import { Complaints } from '../../../../../src/hosts/rsync/complaints.ts';
import type { Pass } from '../../../../../src/hosts/rsync/pass.ts';
import type { Totals } from '../../../../../src/hosts/rsync/totals.ts';
import type { Accepted } from '../../../../../src/hosts/rsync/verdict.ts';
import { transferParams, type TransferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import { HARD_LINK, NAME, planned } from '../../../../support/planned-transfer.ts';
import { finding } from '../../run/rig.ts';

const TOTALS: Totals = { entries: 10, created: 1, deleted: 2, files: 3, bytes: 40 };
const MORE: Totals = { entries: 7, created: 10, deleted: 20, files: 30, bytes: 400 };
const VANISHED = 'file has vanished: "/home/ada/a"';
const HIDDEN = 'rsync: [sender] opendir "/home/ada/secret" failed: Permission denied (13)';
const NO_WAY = 'could not make way for new regular file: docs';

function pass(more: Partial<Pass> = {}, ...lines: string[]): Pass {
  const complaints = new Complaints();
  for (const line of lines) complaints.add(line);
  const result = { code: 0, signal: null, error: null, timedOut: false, stdout: Buffer.of(), stderr: [] };
  return { result, totals: TOTALS, reached: null, complaints, pending: 0, ...more };
}

const accepted = (of: Pass, totals = TOTALS, warnings: Accepted['warnings'] = []): Accepted => ({
  ...{ ok: true, sawAll: false, incomplete: false, warnings },
  pass: { ...of, totals },
});

describe('what passes have changed', () => {
  it('is the sum of both; entries are those of the one that saw more', () => {
    expect(changesOf(TOTALS)).toEqual({ files: 3, bytes: 40, created: 1, deleted: 2, entries: 10 });
    expect(changesOf(TOTALS, MORE)).toEqual({ files: 33, bytes: 440, created: 11, deleted: 22, entries: 10 });
    expect(changesOf(MORE, TOTALS).entries).toBe(10);
  });

  it('is what was said last by one that was ended, and nothing by one that had said nothing', () => {
    const reached = { bytes: 5, percent: 1, rate: 1, remainingMs: null, files: 2, toCheck: null };
    expect(changesBeforeEnd(pass())).toEqual({ changes: changesOf(TOTALS) });
    expect(changesBeforeEnd(pass({ totals: null, reached }))).toEqual({ changes: { files: 2, bytes: 5 } });
    expect(changesBeforeEnd(pass({ totals: null }))).toEqual({});
  });

  it('by two passes as one is what the second saw, with what both copied and warned of', () => {
    const first = accepted(pass({ pending: 5 }), TOTALS, [finding('one')]);
    const again = accepted(pass({ pending: 0 }), MORE, [finding('two')]);
    const both = mergePasses(first, again);
    expect(both.pass.totals).toEqual({ entries: 7, created: 11, deleted: 20, files: 33, bytes: 440 });
    expect(both.pass.pending).toBe(0);
    expect(both.warnings.map(({ code }) => code)).toEqual(['one', 'two']);
  });
});

it('a pass that saw all but what vanished is repeated; one that something else kept from it is not', () => {
  expect(onlyVanished(pass({}, VANISHED))).toBe(true);
  expect(onlyVanished(pass())).toBe(false);
  expect(onlyVanished(pass({}, VANISHED, HIDDEN))).toBe(false);
  expect(onlyVanished(pass({}, VANISHED, 'something that nobody understands'))).toBe(false);
});

describe('deletions that are put off', () => {
  const params = transferParams(planned().step.params);
  const told = (of: Pass) => postponed({ params } as Job, accepted(of, TOTALS, [finding('one')]), { files: 1 });

  it('are a warning that says how many, and why', () => {
    expect(told(pass({ pending: 4 }))).toMatchObject({
      ...{ outcome: 'copied', changes: { files: 1 } },
      findings: [{ code: 'one' }, { code: 'deletes-postponed', severity: 'warning', sync: 'photos' }],
    });
    const message = (of: Pass): string => told(of).findings[1]?.message ?? '';
    expect(message(pass({ pending: 4 }, HIDDEN))).toBe(
      '4 entries that the source no longer has stay in usb:photos for now: what is in /home/ada/secret is not known.',
    );
    const result = { ...pass().result, code: 23 };
    expect(message(pass({ result }))).toContain('not all could be copied');
    expect(message(pass())).toContain('the source changed while it was read');
  });

  it('are an error where a folder is in the way of a file', () => {
    expect(told(pass({}, NO_WAY))).toMatchObject({
      outcome: 'failed',
      findings: [
        { severity: 'error', message: expect.stringMatching(/because directories are in their place\.$/) as string },
      ],
    });
  });
});

describe('files that were copied whole although there is a snapshot to link to', () => {
  const { path: target = '', ...others } = HARD_LINK;
  const linked: TransferParams = { ...transferParams(planned().step.params), ...(others as object), target };
  const values = { '{snapshot:photos}': '2026-03-10T12:00:00.000Z' };
  const asked: string[] = [];

  const remarks = async (
    unshared: number | null,
    { params = linked, files = 0, entries = 100, written }: { params?: TransferParams } & Record<string, unknown> = {},
  ): Promise<string[]> => {
    const countUnshared = (place: string) => {
      asked.push(place);
      return Promise.resolve(unshared);
    };
    const copied = { outcome: 'copied', changes: { files, entries }, findings: [] } as const;
    const told = await unlinkedRemarks(params, { ...copied, ...(written === undefined ? {} : { written }) } as never, {
      values,
      query: { countUnshared } as never,
    });
    return told.map(({ code, sync, message }) => `${code} of ${sync ?? ''}: ${message}`);
  };

  it('are told when they are many, and a tenth of all', async () => {
    expect(await remarks(20)).toEqual([expect.stringContaining(`files-not-linked of photos: `)]);
    expect((await remarks(20))[0]).toContain(NAME);
    expect(asked.at(-1)).toBe('/mnt/usb/photos/snapshots/.partial-2026-03-10T12:00:00.000Z');
    expect(await remarks(19)).toEqual([]);
    expect(await remarks(20, { entries: 201 })).toEqual([]);
    expect(await remarks(20, { entries: 200 })).toHaveLength(1);
  });

  it('are not those that were transferred, nor what nobody could count', async () => {
    expect(await remarks(30, { files: 11 })).toEqual([]);
    expect(await remarks(30, { files: 10 })).toHaveLength(1);
    expect(await remarks(null)).toEqual([]);
  });

  it('are not counted where it is known that they are few, or not what a run before has transferred', async () => {
    const before = asked.length;
    expect(await remarks(50, { written: 19 })).toEqual([]);
    expect(await remarks(50, { written: 119, files: 100 })).toEqual([]);
    expect(await remarks(50, { written: 60, entries: 601 })).toEqual([]);
    for (const more of [{ linkDest: null }, { compareSnapshot: null }, { resumes: true }]) {
      expect(await remarks(50, { params: { ...linked, ...more } })).toEqual([]);
    }
    expect(asked).toHaveLength(before);
    expect(await remarks(50, { written: 20 })).toHaveLength(1);
    expect(await remarks(150, { written: 120, files: 100 })).toHaveLength(1);
  });
});

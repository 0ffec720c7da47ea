import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SyncHistory } from '../../../src/planner/model/facts.ts';
import type { RunRecord, StepRecord, SyncRecord } from '../../../src/planner/model/run.ts';
import { afterRun, readLastRuns, specKey, writeLastRuns } from '../../../src/store/history.ts';
import { openRecord } from '../../../src/store/record.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';
import { header, plan, plannedSync, step } from '../executors/run/rig.ts';

let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
});

afterEach(() => dir.remove());

const entry: SyncHistory = {
  lastRun: { run: '20260101T000000Z-0000', outcome: 'succeeded', at: '2026-01-01T00:05:00.000Z' },
  lastSuccess: {
    run: '20260101T000000Z-0000',
    at: '2026-01-01T00:05:00.000Z',
    snapshot: '2026-01-01T00:00:00.000Z',
    entries: 100,
    mountTarget: '/media/usb',
  },
};

describe('the last runs of a spec', () => {
  it('are read as they were written, by their owner only', () => {
    writeLastRuns(dir.path, 'key', { photos: entry });
    writeLastRuns(dir.path, 'key', { docs: { lastRun: null, lastSuccess: null } });
    expect(readLastRuns(dir.path, 'key')).toEqual({
      history: { photos: entry, docs: { lastRun: null, lastSuccess: null } },
      findings: [],
    });
    const folder = join(dir.path, 'specs', 'key');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'photos.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['docs.json', 'photos.json']);
  });

  it('are put aside, not lost, when the sync leads elsewhere, though it never ran there', () => {
    const [old, now] = ['a'.repeat(64), 'b'.repeat(64)];
    writeLastRuns(dir.path, 'key', { photos: { ...entry, ends: old } });
    expect(readLastRuns(dir.path, 'key', { photos: now }).history).toEqual({});
    const began = { ...header, ends: { photos: now } };
    const skipped: SyncRecord = {
      ...{ name: 'photos', outcome: 'skipped', pruned: [] },
      ...{ files: 0, bytes: 0, deleted: 0, entries: null },
    };
    const subject = plan([], [plannedSync('photos')]);
    const record: RunRecord = {
      ...openRecord(began),
      ...{ finishedAt: null, durationMs: null, exitCode: null, findings: [], syncs: [skipped], steps: [] },
    };
    writeLastRuns(dir.path, 'key', afterRun({}, began, subject, record));
    const { history } = readLastRuns(dir.path, 'key', { photos: now, back: old });
    expect(history['photos']).toMatchObject({ lastSuccess: null, ends: now });
    expect(history['back']).toMatchObject({ lastSuccess: entry.lastSuccess });
    expect(readLastRuns(dir.path, 'other', { photos: old }).history['photos']).toMatchObject(entry);
  });

  it('are none at first', () => {
    expect(readLastRuns(dir.path, 'key')).toEqual({ history: {}, findings: [] });
  });

  it.each(['', '{"lastRun":', 'null', '[]', '{"lastRun":{}}', '{"lastRun":{"run":1},"lastSuccess":null}', '\0\0'])(
    'are those of the other syncs when the file of one holds %j',
    (text) => {
      writeLastRuns(dir.path, 'key', { photos: entry });
      writeFileSync(join(dir.path, 'specs/key/docs.json'), text);
      const { history, findings } = readLastRuns(dir.path, 'key');
      expect(history).toEqual({ photos: entry });
      expect(findings).toMatchObject([{ severity: 'warning', code: 'history-unreadable' }]);
    },
  );

  it('are none, with a warning, when something else is in their place', () => {
    mkdirSync(join(dir.path, 'specs'));
    writeFileSync(join(dir.path, 'specs/key'), '');
    expect(readLastRuns(dir.path, 'key')).toMatchObject({ history: {}, findings: [{ severity: 'warning' }] });
    mkdirSync(join(dir.path, 'specs/other/photos.json'), { recursive: true });
    expect(readLastRuns(dir.path, 'other')).toMatchObject({ history: {}, findings: [{ severity: 'warning' }] });
  });

  it('are those of the file that a link to the spec leads to', () => {
    writeFileSync(join(dir.path, 'real.toml'), '');
    symlinkSync('real.toml', join(dir.path, 'link.toml'));
    expect(specKey(join(dir.path, 'link.toml'))).toBe(specKey(join(dir.path, 'real.toml')));
    expect(specKey(join(dir.path, 'real.toml'))).toMatch(/^[0-9a-f]{16}$/);
    expect(specKey(join(dir.path, 'gone.toml'))).not.toBe(specKey(join(dir.path, 'real.toml')));
  });
});

describe('after a run', () => {
  const subject = plan(
    [step('copy', { sync: 'photos' }), step('name', { sync: 'photos', dependsOn: ['copy'] })],
    [plannedSync('photos')],
  );
  const steps: StepRecord[] = [
    { id: 'copy', outcome: 'done', startedAt: '2026-03-10T12:00:00.000Z', durationMs: 60_000, findings: [], log: [] },
    { id: 'name', outcome: 'done', startedAt: '2026-03-10T12:01:00.000Z', durationMs: 500, findings: [], log: [] },
  ];
  const photos: SyncRecord = {
    ...{ name: 'photos', outcome: 'succeeded', snapshot: '2026-03-10T12:00:00.000Z' },
    ...{ pruned: [], files: 1, bytes: 2, deleted: 0, entries: 120 },
  };

  function after(sync: Partial<SyncRecord>, more: Partial<RunRecord> = {}): Record<string, SyncHistory> {
    const record: RunRecord = {
      ...openRecord(header),
      ...{ finishedAt: null, durationMs: null, exitCode: null, findings: [] },
      ...{ syncs: [{ ...photos, ...sync }], steps, ...more },
    };
    return afterRun({ photos: entry }, { ...header, mountTargets: { photos: '/media/ada/usb' } }, subject, record);
  }

  it('a success is the last success, at the time when it was complete', () => {
    expect(after({})).toEqual({
      photos: {
        lastRun: { run: header.run, outcome: 'succeeded', at: '2026-03-10T12:01:00.500Z' },
        lastSuccess: {
          run: header.run,
          at: '2026-03-10T12:01:00.500Z',
          snapshot: '2026-03-10T12:00:00.000Z',
          entries: 120,
          mountTarget: '/media/ada/usb',
          files: 1,
          bytes: 2,
        },
        since: '2026-03-10T12:00:00.000Z',
      },
    });
  });

  it('a success that changed nothing leaves the snapshot that was there', () => {
    const unchanged: SyncRecord = { ...photos };
    delete unchanged.snapshot;
    const lastSuccess = after({}, { syncs: [{ ...unchanged, entries: null }] })['photos']?.lastSuccess;
    expect(lastSuccess).toMatchObject({ run: header.run, snapshot: '2026-01-01T00:00:00.000Z', entries: 100 });
  });

  it('a failure is the last run, and the last success stays', () => {
    for (const outcome of ['failed', 'refused', 'interrupted'] as const) {
      expect(after({ outcome })['photos']).toMatchObject({ lastRun: { outcome }, lastSuccess: entry.lastSuccess });
    }
  });

  it('a sync of which no step began is as before', () => {
    const none = steps.map((each) => ({ ...each, outcome: 'not-run' as const, startedAt: null, durationMs: null }));
    for (const outcome of ['skipped', 'locked', 'blocked', 'interrupted'] as const) {
      expect(after({ outcome }, { steps: none })).toEqual({});
    }
  });

  it('that prepared something, a sync is known from then on', () => {
    const record = { ...openRecord(header), finishedAt: null, durationMs: null, exitCode: null, findings: [] };
    const prepared = { ...record, purpose: 'prepare' as const, syncs: [], steps };
    const ends = { photos: 'other', documents: 'digest' };
    expect(afterRun({ photos: entry }, { ...header, ends }, subject, prepared)).toEqual({
      documents: { since: header.startedAt, ends: 'digest', lastRun: null, lastSuccess: null },
    });
  });

  it('that was no backup all is as before', () => {
    for (const purpose of ['prepare', 'prune', 'restore', 'recover'] as const)
      expect(after({}, { purpose })).toEqual({});
  });
});

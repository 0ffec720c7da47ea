import { describe, expect, it } from 'vitest';
import type { TransferPreview } from '../../../../src/planner/model/facts.ts';
import { buildPlan } from '../../../../src/planner/purposes/backup.ts';
import { rsyncPlanning } from '../../../../src/planner/kinds/rsync/planning.ts';
import { inputFor, specFrom } from '../../../support/planning.ts';
import { codeOf, day, factsOf, planned, tomlOf, warningsOf, type OneSync } from './rig.ts';

const hardLink = ['snapshots.mode = "hard-link"'];
const SNAPSHOTS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map(day);

function preview(deletes: number, destinationEntries: number): { docs: TransferPreview } {
  const counts = { files: 0, bytes: 0, creates: 0, updates: 0, deletes, sourceEntries: 1, destinationEntries };
  return { docs: { ...counts, items: [], truncated: false } };
}

function success(snapshot: string, entries: number | null): NonNullable<OneSync['history']> {
  return { docs: { lastRun: null, lastSuccess: { run: 'r', at: '', snapshot, entries, mountTarget: null } } };
}

const refused: Record<string, [OneSync, string]> = {
  'an empty source over a filled copy': [{ source: { empty: true } }, 'source-empty'],
  'an empty source over a history': [
    { sync: hardLink, source: { empty: true }, destination: { snapshots: SNAPSHOTS } },
    'source-empty',
  ],
  'more deletions than a quarter': [{ previews: preview(26, 100) }, 'max-delete-exceeded'],
  'more deletions than a number': [
    { sync: ['policy.max-delete.files = 20'], previews: preview(21, 1000) },
    'max-delete-exceeded',
  ],
  'more prunes than allowed': [
    {
      sync: [...hardLink, 'snapshots.keep.last = 1', 'policy.max-prune = 3'],
      destination: { snapshots: SNAPSHOTS },
    },
    'max-prune-exceeded',
  ],
};

describe('a guard refuses', () => {
  it.each(Object.entries(refused))('%s', (_, [scene, code]) => {
    expect(codeOf(scene)).toBe(`blocked ${code}`);
    expect(planned(scene).findings).toMatchObject([{ severity: 'error', code, guard: true }]);
  });

  it.each(Object.entries(refused))('%s, unless it is told to let it pass', (_, [scene, code]) => {
    const allowed = { ...scene, request: { allowDestructive: true } };
    expect(codeOf(allowed)).toBe('ok');
    expect(warningsOf(allowed)).toEqual([code]);
  });

  it('more prunes than allowed when nothing else is asked for, too', () => {
    const [scene] = refused['more prunes than allowed']!;
    // Without a new snapshot one less has to go.
    const sync = [...hardLink, 'snapshots.keep.last = 1', 'policy.max-prune = 2'];
    expect(codeOf({ ...scene, sync, purpose: 'prune' })).toBe('blocked max-prune-exceeded');
    expect(codeOf({ ...scene, purpose: 'prune' })).toBe('ok');
  });
});

describe('a guard lets pass', () => {
  it.each<[string, OneSync]>([
    ['an empty source over an empty copy', { source: { empty: true }, destination: { empty: true } }],
    [
      'an empty source before the first snapshot',
      { sync: hardLink, source: { empty: true }, destination: { snapshots: [] } },
    ],
    [
      'an empty source that was empty before',
      {
        sync: hardLink,
        source: { empty: true },
        destination: { snapshots: SNAPSHOTS },
        history: success(SNAPSHOTS[3]!, 0),
      },
    ],
    ['an empty source where nothing is deleted', { sync: ['rsync.delete = false'], source: { empty: true } }],
    ['a quarter of the entries', { previews: preview(25, 100) }],
    ['nineteen deletions, however few entries there are', { previews: preview(19, 19) }],
    ['deletions that rsync is not told to make', { sync: ['rsync.delete = false'], previews: preview(90, 100) }],
    [
      'as many prunes as are allowed',
      { sync: [...hardLink, 'snapshots.keep.last = 1', 'policy.max-prune = 4'], destination: { snapshots: SNAPSHOTS } },
    ],
    [
      'more prunes than are allowed when none is made',
      {
        sync: [...hardLink, 'snapshots.keep.last = 1', 'policy.max-prune = 1'],
        destination: { snapshots: SNAPSHOTS },
        request: { prune: false },
      },
    ],
  ])('%s', (_, scene) => {
    expect(codeOf(scene)).toBe('ok');
    expect(warningsOf(scene)).toEqual([]);
  });
});

describe('room', () => {
  const want = ['policy.min-free = "5GiB"'];
  const free = (freeBytes: number): NonNullable<OneSync['volumes']> => ({ usb: { path: '/mnt/usb', freeBytes } });

  it('has to be as much as policy.min-free wants', () => {
    expect(codeOf({ sync: want, volumes: free(5 * 2 ** 30) })).toBe('ok');
    expect(codeOf({ sync: want, volumes: free(5 * 2 ** 30 - 1) })).toBe('blocked min-free');
  });

  it('cannot be made by allowing destruction', () => {
    const scene = { sync: want, volumes: free(0), request: { allowDestructive: true } };
    expect(codeOf(scene)).toBe('blocked min-free');
  });

  it('has to be there when the transfer starts, too', () => {
    const [transfer] = planned({ sync: want }).steps;
    expect(transfer?.preconditions).toContainEqual(
      expect.objectContaining({
        fact: '/endpoints/usb:docs/directory/freeBytes',
        check: 'at-least',
        value: 5 * 2 ** 30,
      }),
    );
  });

  it('is not needed for a prune, which makes some', () => {
    const sync = [...want, ...hardLink, 'snapshots.keep.last = 1'];
    const scene: OneSync = { sync, volumes: free(0), destination: { snapshots: SNAPSHOTS }, purpose: 'prune' };
    expect(codeOf(scene)).toBe('ok');
  });

  it('includes inodes', () => {
    const scene: OneSync = { change: (facts) => void (facts.endpoints['usb:docs']!.directory!.freeInodes = 0) };
    expect(codeOf(scene)).toBe('blocked no-inodes');
  });

  it('does not include inodes where the file system does not count them', () => {
    const scene: OneSync = { change: (facts) => void (facts.endpoints['usb:docs']!.directory!.freeInodes = null) };
    expect(codeOf(scene)).toBe('ok');
  });
});

describe('policy.prune-first', () => {
  const sync = (...lines: string[]): string[] => [...hardLink, 'policy.prune-first = true', ...lines];
  const edges = (scene: OneSync): string[] =>
    planned(scene).steps.map(({ id, dependsOn }) => `${id} after ${dependsOn.join(' ')}`);

  it('prunes after a judgement and before the transfer, and what latest names only in the end', () => {
    const scene = { sync: sync('snapshots.keep.last = 1'), destination: { snapshots: SNAPSHOTS } };
    expect(edges(scene)).toEqual([
      'judge:docs after ',
      'prune:docs after judge:docs',
      'transfer:docs after prune:docs',
      'snapshot:docs after transfer:docs',
      'prune:docs:latest after snapshot:docs',
    ]);
    const [, first, , , last] = planned(scene).steps;
    expect(JSON.stringify(first?.params)).not.toContain(`"name":"${SNAPSHOTS[3]}"`);
    expect(JSON.stringify(last?.params)).toContain(`"name":"${SNAPSHOTS[3]}"`);
  });

  it('judges nothing when nothing goes first, and when pruning is off', () => {
    const destination = { snapshots: SNAPSHOTS };
    const plain = ['transfer:docs after ', 'snapshot:docs after transfer:docs'];
    expect(edges({ sync: sync('snapshots.keep.last = 9'), destination })).toEqual(plain);
    expect(edges({ sync: sync('snapshots.keep.last = 1'), destination, request: { prune: false } })).toEqual(plain);
    expect(edges({ sync: sync('snapshots.keep.last = 1'), destination: { snapshots: [] } })).toEqual(plain);
  });

  it('has no effect with another executor, which is said', () => {
    const scene = { sync: sync('snapshots.keep.last = 1'), destination: { snapshots: SNAPSHOTS } };
    const input = inputFor(specFrom(tomlOf(scene)), factsOf(scene), {});
    const [docs] = Object.values(input.spec.syncs).map((each) => ({ ...each, transfer: 'tar' }));
    const tar = { ...rsyncPlanning, name: 'tar' };
    const plan = buildPlan({ ...input, executors: [...input.executors, tar] }, [docs!]);
    expect(plan.findings).toMatchObject([{ severity: 'warning', code: 'prune-first-not-possible' }]);
    expect(plan.steps.at(-1)?.id).toBe('prune:docs');
  });
});

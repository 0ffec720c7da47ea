import { describe, expect, it } from 'vitest';
import type { LatestFacts, SnapshotEntry } from '../../../../src/planner/model/facts.ts';
import { classifySnapshots } from '../../../../src/planner/retention/classify.ts';

const JAN = '2026-01-10T10:00:00.000Z';
const FEB = '2026-02-10T10:00:00.000Z';
const MAR = '2026-03-10T10:00:00.000Z';

function classify(latest: LatestFacts, entries: Record<string, SnapshotEntry['kind']>) {
  const snapshots = Object.fromEntries(Object.entries(entries).map(([name, kind]) => [name, { kind }]));
  return classifySnapshots({ snapshots, latest });
}

const at = (name: string): LatestFacts => ({ kind: 'snapshot', name });

describe('classifySnapshots', () => {
  it('finds an empty history where there is no snapshots directory', () => {
    expect(classifySnapshots({ snapshots: null, latest: at(JAN) })).toEqual({
      snapshots: [],
      latest: null,
      unverified: [],
      incomplete: [],
      staleMarks: [],
      partials: [],
      pruneLeftovers: [],
      foreign: [],
    });
  });

  it('sorts snapshots by time where their texts sort otherwise', () => {
    const dashed = '2026-01-10T09-00-00.000Z';
    const colons = '2026-01-10T09:30:00.000Z';
    const dashedLater = '2026-01-10T09-45-00.000Z';
    const history = classify(at(JAN), {
      [colons]: 'directory',
      [JAN]: 'directory',
      [dashedLater]: 'directory',
      [dashed]: 'directory',
    });
    expect(history.snapshots.map(({ name }) => name)).toEqual([dashed, colons, dashedLater, JAN]);
  });

  it('says what each snapshot is, since a destination can hold directories and subvolumes', () => {
    const history = classify(at(FEB), { [JAN]: 'directory', [FEB]: 'subvolume' });
    expect(history.snapshots).toEqual([
      { name: JAN, time: Date.parse(JAN), kind: 'directory', incomplete: false },
      { name: FEB, time: Date.parse(FEB), kind: 'subvolume', incomplete: false },
    ]);
    expect(history.latest).toMatchObject({ name: FEB, kind: 'subvolume' });
  });

  it('knows the snapshots that a mark is about, and marks of none that dead runs have left', () => {
    const history = classify(at(FEB), {
      [JAN]: 'directory',
      [FEB]: 'directory',
      [`.incomplete-${FEB}`]: 'file',
      '.incomplete-2026-01-01T00:00:00.000Z': 'file',
      // A run may be about to name that one.
      '.incomplete-2027-01-01T00:00:00.000Z': 'file',
      '.incomplete-notes': 'file',
      [`.incomplete-${JAN}`]: 'symlink',
    });
    expect(history).toMatchObject({
      snapshots: [
        { name: JAN, incomplete: false },
        { name: FEB, incomplete: true },
      ],
      incomplete: [FEB],
      staleMarks: ['.incomplete-2026-01-01T00:00:00.000Z'],
      foreign: [`.incomplete-${JAN}`, '.incomplete-notes'],
    });
  });

  it('takes no mark for one that a dead run has left while its snapshot is there', () => {
    const history = classify(at(FEB), { [JAN]: 'directory', [FEB]: 'directory', [`.incomplete-${JAN}`]: 'file' });
    expect(history).toMatchObject({ incomplete: [JAN], staleMarks: [] });
  });

  it('calls unverified what is later than latest, such as the good snapshots after latest was set back', () => {
    const history = classify(at(JAN), { [MAR]: 'directory', [FEB]: 'directory', [JAN]: 'directory' });
    expect(history.snapshots.map(({ name }) => name)).toEqual([JAN]);
    expect(history.unverified).toEqual([FEB, MAR]);
  });

  it('does not call unverified what has the time of latest in the other spelling', () => {
    const dashed = '2026-01-10T10-00-00.000Z';
    const history = classify(at(JAN), { [JAN]: 'directory', [dashed]: 'directory' });
    expect(history.snapshots.map(({ name }) => name)).toEqual([dashed, JAN]);
    expect(history.unverified).toEqual([]);
  });

  it.each<[string, LatestFacts]>([
    ['is absent', { kind: 'absent' }],
    ['says that there is none yet', { kind: 'none-yet' }],
    ['is something else', { kind: 'foreign', target: '/elsewhere' }],
    ['names a snapshot that is gone', at(MAR)],
    ['names an entry that is no snapshot', at('photos')],
    ['names a symlink', at('2026-04-01T00:00:00.000Z')],
  ])('trusts no snapshot when latest %s', (_, latest) => {
    const history = classify(latest, {
      [JAN]: 'directory',
      [FEB]: 'directory',
      photos: 'directory',
      '2026-04-01T00:00:00.000Z': 'symlink',
    });
    expect(history.latest).toBeNull();
    expect(history.snapshots).toEqual([]);
    expect(history.unverified).toEqual([JAN, FEB]);
  });

  it('finds what dead runs left, oldest first', () => {
    const history = classify(at(JAN), {
      [JAN]: 'directory',
      [`.partial-${MAR}`]: 'directory',
      [`.partial-${FEB}`]: 'directory',
      [`.prune-${FEB}`]: 'subvolume',
    });
    expect(history.partials).toEqual([`.partial-${FEB}`, `.partial-${MAR}`]);
    expect(history.pruneLeftovers).toEqual([`.prune-${FEB}`]);
    expect(history.foreign).toEqual([]);
  });

  it('leaves everything else alone, also what only bears the name of a snapshot', () => {
    const history = classify(at(JAN), {
      [JAN]: 'directory',
      [FEB]: 'symlink',
      [MAR]: 'file',
      '2026-02-30T10:00:00.000Z': 'directory',
      'manual copy': 'directory',
      '.partial-notes': 'directory',
      [`.partial-${MAR}`]: 'symlink',
      [`.prune-${MAR}`]: 'other',
    });
    expect(history.snapshots.map(({ name }) => name)).toEqual([JAN]);
    expect(history.unverified).toEqual([]);
    expect(history.partials).toEqual([]);
    expect(history.pruneLeftovers).toEqual([]);
    expect(history.foreign).toEqual([
      `.partial-${MAR}`,
      '.partial-notes',
      `.prune-${MAR}`,
      FEB,
      '2026-02-30T10:00:00.000Z',
      MAR,
      'manual copy',
    ]);
  });
});

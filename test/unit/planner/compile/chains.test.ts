import { describe, expect, it } from 'vitest';
import type { SyncOutcome } from '../../../../src/planner/model/facts.ts';
import { readPointer } from '../../../../src/planner/model/pointer.ts';
import { world, type EndpointWorld, type World } from '../../../support/facts.ts';
import { planOf, stepIn, syncIn } from '../../../support/planning.ts';
import { day } from './rig.ts';

interface Chain {
  /** Lines of `first`, from laptop:docs to usb:docs, and of `second`, from there to nas:docs. */
  first?: string[];
  second?: string[];
  more?: string[];
  middle?: EndpointWorld;
  source?: EndpointWorld;
  history?: World['history'];
  only?: string[];
  /** `second` comes before `first` in the spec. */
  backwards?: boolean;
}

const OLD = day('2026-03-01');
const NEW = day('2026-03-05');
const hardLink = ['snapshots.mode = "hard-link"'];

function chain(input: Chain) {
  const syncs = [
    ['[syncs.first]', 'source = "laptop:docs"', 'destination = "usb:docs"', ...(input.first ?? [])].join('\n'),
    ['[syncs.second]', 'source = "usb:docs"', 'destination = "nas:docs"', ...(input.second ?? [])].join('\n'),
  ];
  const toml = [
    'version = 1\n[volumes]\nlaptop.path = "~"\nusb.path = "/mnt/usb"\nnas.path = "/mnt/nas"',
    ...(input.backwards ? syncs.toReversed() : syncs),
    ...(input.more ?? []),
  ];
  const facts = world({
    volumes: { laptop: { path: '/home/ada', target: '/' }, usb: { path: '/mnt/usb' }, nas: { path: '/mnt/nas' } },
    endpoints: {
      'laptop:docs': { source: true, ...input.source },
      'usb:docs': { source: true, destination: true, ...input.middle },
      'nas:docs': { source: true, destination: true },
      'nas:more': { destination: true },
    },
    ...(input.history === undefined ? {} : { history: input.history }),
  });
  return planOf(toml.join('\n\n'), facts, { only: input.only ?? [] });
}

/** From where `second` reads. */
function read(plan: ReturnType<typeof chain>): unknown {
  return readPointer(stepIn(plan, 'transfer:second').params, '/source');
}

function lastRun(outcome: SyncOutcome): NonNullable<World['history']> {
  return { first: { lastRun: { run: 'r', outcome, at: '2026-03-09T00:00:00.000Z' }, lastSuccess: null } };
}

describe('a chain after a sync that makes snapshots', () => {
  it.each([false, true])('waits for the snapshot of this run and reads it (backwards in the spec: %s)', (backwards) => {
    const plan = chain({ first: hardLink, middle: { snapshots: [OLD] }, backwards });
    expect(read(plan)).toBe('/mnt/usb/docs/snapshots/{snapshot:first}');
    expect(stepIn(plan, 'transfer:second')).toMatchObject({
      dependsOn: ['snapshot:first'],
      deferred: expect.stringContaining('{snapshot:first}') as string,
    });
    expect(plan.steps.map((step) => step.id)).toEqual(['transfer:first', 'snapshot:first', 'transfer:second']);
  });

  it('lets its own first command wait as well', () => {
    const plan = chain({ first: hardLink, second: ['before = [["true"]]'], middle: { snapshots: [OLD] } });
    expect(stepIn(plan, 'before:second:1').dependsOn).toEqual(['snapshot:first']);
    expect(stepIn(plan, 'transfer:second').dependsOn).toEqual(['before:second:1']);
  });

  it.each<[string, Chain]>([
    ['is not asked for', { only: ['second'] }],
    ['is skipped', { source: { missing: true } }],
    ['is disabled', { first: [...hardLink, 'enabled = false'] }],
    ['is blocked', { first: [...hardLink, 'policy.min-free = "900TB"'] }],
  ])('reads the last complete snapshot when that sync %s', (_, scene) => {
    const plan = chain({ first: hardLink, middle: { snapshots: [OLD, NEW], latest: OLD }, ...scene });
    expect(read(plan)).toBe(`/mnt/usb/docs/snapshots/${OLD}`);
    expect(stepIn(plan, 'transfer:second').dependsOn).toEqual([]);
    expect(stepIn(plan, 'transfer:second').preconditions).toContainEqual(
      expect.objectContaining({ fact: '/endpoints/usb:docs/latest', value: { kind: 'snapshot', name: OLD } }),
    );
  });

  it.each<[string, Chain, string[]]>([
    ['is not asked for', { only: ['second'] }, []],
    ['is disabled', { first: [...hardLink, 'enabled = false'] }, []],
    ['is skipped', { source: { missing: true } }, ['first is skipped now']],
    ['is blocked', { first: [...hardLink, 'policy.min-free = "900TB"'] }, ['first is blocked now']],
  ])('says that it is of old data when that sync %s', (_, scene, told) => {
    const plan = chain({ first: hardLink, middle: { snapshots: [OLD, NEW], latest: OLD }, ...scene });
    const found = plan.findings.filter(({ code }) => code === 'stale-upstream');
    expect(found).toHaveLength(told.length);
    expect(found.map(({ sync, severity }) => [sync, severity])).toEqual(told.map(() => ['second', 'warning']));
    expect(found.map(({ message }) => message).join('')).toContain(told.join(''));
  });

  it('reads the last complete snapshot whatever became of the last run', () => {
    const plan = chain({ first: hardLink, middle: { snapshots: [OLD] }, only: ['second'], history: lastRun('failed') });
    expect(read(plan)).toBe(`/mnt/usb/docs/snapshots/${OLD}`);
  });

  it('is skipped before there is a snapshot', () => {
    const plan = chain({ first: hardLink, middle: { snapshots: [] }, only: ['second'] });
    expect(syncIn(plan, 'second')).toMatchObject({ state: 'skipped', code: 'no-snapshot-yet' });
  });

  it('holds the lock of what it reads, shared, so that nothing there is pruned meanwhile', () => {
    const plan = chain({ first: hardLink, middle: { snapshots: [OLD] } });
    expect(stepIn(plan, 'transfer:second').locks).toEqual([
      { path: '/mnt/nas/docs/.nbkp-lock', mode: 'exclusive' },
      { path: '/mnt/usb/docs/.nbkp-lock', mode: 'shared' },
    ]);
  });
});

describe('a chain after a sync without snapshots', () => {
  it('waits for the transfer of this run and reads the directory', () => {
    const plan = chain({ history: lastRun('failed') });
    expect(read(plan)).toBe('/mnt/usb/docs');
    expect(stepIn(plan, 'transfer:second').dependsOn).toEqual(['transfer:first']);
  });

  it.each<SyncOutcome>(['failed', 'interrupted', 'refused'])(
    'is skipped when the last run of that one was %s',
    (outcome) => {
      const plan = chain({ only: ['second'], history: lastRun(outcome) });
      expect(syncIn(plan, 'second')).toMatchObject({ state: 'skipped', code: 'upstream-incomplete' });
    },
  );

  it.each([
    ['succeeded', lastRun('succeeded')],
    ['is not known', {}],
  ])('reads the directory when the last run of that one %s', (_, history) => {
    expect(read(chain({ only: ['second'], history }))).toBe('/mnt/usb/docs');
  });
});

describe('a chain after a sync that made snapshots once and now makes none', () => {
  it('reads the last complete snapshot, not the folder that holds them all', () => {
    const plan = chain({ middle: { snapshots: [OLD] } });
    expect(syncIn(plan, 'first').code).toBe('history-would-be-deleted');
    expect(read(plan)).toBe(`/mnt/usb/docs/snapshots/${OLD}`);
  });

  it('reads the folder when there never was a snapshot', () => {
    expect(read(chain({ middle: { snapshots: [], latest: 'none' } }))).toBe('/mnt/usb/docs');
  });
});

describe('a source that another tool or spec fills', () => {
  it('is read through its latest snapshot when it has the marks of a destination', () => {
    const toml = `version = 1
[volumes]
usb.path = "/mnt/usb"
nas.path = "/mnt/nas"
[syncs.second]
source = "usb:docs"
destination = "nas:docs"`;
    const endpoint = (more: EndpointWorld): World['endpoints'] => ({
      'usb:docs': { source: true, ...more },
      'nas:docs': { destination: true },
    });
    const volumes = { usb: { path: '/mnt/usb' }, nas: { path: '/mnt/nas' } };
    const marked = planOf(toml, world({ volumes, endpoints: endpoint({ destination: true, snapshots: [OLD, NEW] }) }));
    expect(read(marked)).toBe(`/mnt/usb/docs/snapshots/${NEW}`);
    // A folder of somebody's that merely looks so.
    const unmarked = planOf(toml, world({ volumes, endpoints: endpoint({ snapshots: [OLD, NEW] }) }));
    expect(read(unmarked)).toBe('/mnt/usb/docs');
  });
});

describe('a disabled sync', () => {
  const twin = (more: string[]): string =>
    ['[syncs.twin]', 'source = "laptop:docs"', 'destination = "usb:docs"', 'enabled = false', ...more].join('\n');

  it('does not stand in the way of an enabled one with the same destination', () => {
    const plan = chain({ first: hardLink, middle: { snapshots: [OLD] }, more: [twin(['snapshots.mode = "none"'])] });
    expect(read(plan)).toBe('/mnt/usb/docs/snapshots/{snapshot:first}');
  });

  it('may be part of a circle', () => {
    const back = '[syncs.back]\nsource = "nas:docs"\ndestination = "laptop:docs"\nenabled = false';
    const plan = chain({ first: hardLink, middle: { snapshots: [OLD] }, more: [back] });
    expect(plan.syncs.map((sync) => sync.state)).toEqual(['disabled', 'planned', 'planned']);
  });
});

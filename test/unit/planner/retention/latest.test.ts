import { describe, expect, it } from 'vitest';
import type { EndpointFacts, LatestFacts } from '../../../../src/planner/model/facts.ts';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import {
  clockTrouble,
  lacksLatest,
  latestTrouble,
  unverifiedRemarks,
} from '../../../../src/planner/retention/latest.ts';
import { world, type EndpointWorld } from '../../../support/facts.ts';

const [FIRST, SECOND, FUTURE] = ['2026-03-01T08:00:00.000Z', '2026-03-02T08:00:00.000Z', '2026-03-03T08:00:00.000Z'];
const NOW = Date.parse('2026-03-02T08:00:00.000Z');

function destination(latest: LatestFacts, some: EndpointWorld = {}): EndpointFacts {
  const snapshots = [FIRST, SECOND, FUTURE];
  const { endpoints } = world({
    volumes: { usb: { path: '/media/usb' } },
    endpoints: { 'usb:docs': { snapshots, ...some } },
  });
  return { ...endpoints['usb:docs']!, latest };
}

const foreign: LatestFacts = { kind: 'foreign', target: '/elsewhere' };
const at = (name: string): LatestFacts => ({ kind: 'snapshot', name });
const shown = (finding: Partial<Finding> | null) => [finding?.code, finding?.help];

describe('why latest does not say which snapshot is good', () => {
  it.each<[string, LatestFacts, string]>([
    ['it is something else', foreign, 'latest-foreign'],
    ['it is not there', { kind: 'absent' }, 'latest-missing'],
    ['it names what is not there', at('2020-01-01T00:00:00.000Z'), 'latest-dangling'],
  ])('is that %s: the newest up to now may take its place, none from the future', (_, latest, code) => {
    const trouble = latestTrouble(destination(latest), NOW);
    expect(shown(trouble)).toEqual([code, expect.stringContaining(`ln -sfnT snapshots/${SECOND} `)]);
    expect(latestTrouble(destination(latest), NOW - 1)?.help).toContain(`snapshots/${FIRST} `);
  });

  it('is told with the name that latest has', () => {
    expect(latestTrouble(destination(at('gone')), NOW)?.message).toContain('names gone,');
  });

  it.each<[string, LatestFacts]>([
    ['something else', foreign],
    ['what is not there', at(SECOND)],
  ])('leaves only to begin anew where no snapshot is there and it is %s', (_, latest) => {
    expect(latestTrouble(destination(latest, { snapshots: [] }), NOW)?.help).toContain('No snapshot there');
    expect(latestTrouble(destination(latest, { snapshots: [FUTURE] }), NOW)?.help).toContain('No snapshot there');
  });

  it.each<[string, LatestFacts, EndpointWorld]>([
    ['names a snapshot that is there', at(FIRST), {}],
    ['says that there is none yet', { kind: 'none-yet' }, {}],
    ['is not there, and no snapshot either', { kind: 'absent' }, { snapshots: [] }],
  ])('is nothing where it %s', (_, latest, some) => {
    expect(latestTrouble(destination(latest, some), NOW)).toBeNull();
    expect(lacksLatest(destination(latest, some))).toBe(false);
  });

  it('is missing only where there are snapshots', () => {
    expect(lacksLatest(destination({ kind: 'absent' }))).toBe(true);
    expect(lacksLatest(destination(foreign))).toBe(false);
  });
});

describe('snapshots that nothing vouches for', () => {
  const remarks = (latest: LatestFacts, now: number, some: EndpointWorld = {}) =>
    unverifiedRemarks(destination(latest, some), 'usb:docs', now).map(({ code, message }) => [code, message]);

  it('are told apart from those of a clock that was wrong', () => {
    expect(remarks(at(FIRST), NOW)).toEqual([
      ['snapshot-unverified', expect.stringContaining(`(${SECOND})`)],
      ['snapshot-from-future', expect.stringContaining(`(${FUTURE})`)],
    ]);
  });

  it('are all of one kind where now is later or earlier than all of them', () => {
    expect(remarks(at(FIRST), Date.parse(FUTURE))).toEqual([
      ['snapshot-unverified', expect.stringContaining(`(${SECOND}, ${FUTURE})`)],
    ]);
    expect(remarks(at(FIRST), NOW - 1)).toEqual([
      ['snapshot-from-future', expect.stringContaining(`(${SECOND}, ${FUTURE})`)],
    ]);
  });

  it('are nothing to tell where there are none', () => {
    expect(remarks(at(FUTURE), NOW)).toEqual([]);
  });

  it('are removed by hand, each by what it is', () => {
    const mixed = destination(at(FIRST), { snapshots: [FIRST, SECOND], entries: { [FUTURE]: 'subvolume' } });
    const [finding] = unverifiedRemarks(mixed, 'usb:docs', NOW - 1);
    const path = '/media/usb/docs/snapshots/';
    expect(finding?.help).toContain(`rm -rf ${path}${SECOND}; btrfs subvolume delete ${path}${FUTURE}`);
    const clock = clockTrouble(mixed, 'usb:docs', FUTURE, '2026-03-02T08:00:00.000Z');
    expect(clock.message).toMatch(/^It is 2026-03-02T08:00:00.000Z here, .* usb:docs is 2026-03-03/);
    expect(clock.help).toContain(`btrfs subvolume delete ${path}${FUTURE}`);
  });
});

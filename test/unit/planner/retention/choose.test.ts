import { describe, expect, it } from 'vitest';
import { chooseSnapshot } from '../../../../src/planner/retention/choose.ts';
import { specFrom } from '../../../support/planning.ts';
import { factsOf, tomlOf } from '../compile/rig.ts';

/** In Berlin (one hour ahead, two from 29 March) the second and third are of one day, the fourth of the next. */
const [FIRST, SECOND, THIRD, FOURTH, UNVERIFIED] = [
  '2026-03-26T12:00:00.000Z',
  '2026-03-27T23:30:00.000Z',
  '2026-03-28T12:00:00.000Z',
  '2026-03-28T23:30:00.000Z',
  '2026-04-01T12:00:00.000Z',
] as const;
const NOW = '2026-03-29T22:30:00.000Z';

function choose(wanted: string | null, some: { snapshots?: string[]; latest?: string; now?: string } = {}) {
  const scene = {
    sync: ['snapshots.mode = "hard-link"', 'snapshots.keep = { last = 9, timezone = "Europe/Berlin" }'],
    destination: { snapshots: [FIRST, SECOND, THIRD, FOURTH, UNVERIFIED], latest: FOURTH, ...some },
  };
  const there = factsOf(scene).endpoints['usb:docs']!;
  const sync = specFrom(tomlOf(scene)).syncs['docs']!;
  const chosen = chooseSnapshot(sync, there, wanted, Date.parse(some.now ?? NOW));
  return chosen.ok ? chosen.value : chosen.findings.map(({ code, message }) => `${code}: ${message}`).join();
}

describe('SYNC@SNAPSHOT', () => {
  it.each([
    [null, FOURTH],
    ['latest', FOURTH],
    ['-1', FOURTH],
    ['-2', THIRD],
    ['-4', FIRST],
    ['2026-03-28', THIRD],
    ['2026-03-29', FOURTH],
    ['2026-04-01', UNVERIFIED],
    ['2026-03-26T', FIRST],
    ['2026-03-28T2', FOURTH],
    ['2026-03-28T23-30', FOURTH],
    ['2026-04', UNVERIFIED],
    [SECOND, SECOND],
  ])('%j is %s', (wanted, name) => {
    expect(choose(wanted)).toBe(name);
  });

  it('knows yesterday by the clocks of keep.timezone, a day of 23 hours too', () => {
    expect(choose('yesterday')).toBe(FOURTH);
    expect(choose('yesterday', { now: '2026-03-29T21:30:00.000Z' })).toBe(THIRD);
    expect(choose('yesterday', { now: '2026-03-28T12:00:00.000Z' })).toBe(
      `snapshot-unknown: docs has no snapshot of 2026-03-27 (Europe/Berlin). Nearest: ${FIRST} and ${SECOND}.`,
    );
  });

  it('takes a complete snapshot of a day before one that nothing vouches for', () => {
    expect(choose('2026-03-28', { latest: SECOND })).toBe(SECOND);
  });

  it('knows names with dashes by colons too', () => {
    const [name, other] = ['2026-03-06T14-30-00.000Z', '2026-03-06T15-30-00.000Z'];
    const some = { snapshots: [name, other], latest: other };
    expect(choose('2026-03-06T14:3', some)).toBe(name);
    expect(choose('2026-03-06T15-3', some)).toBe(other);
    const spelled = '2026-03-06T14:30:00.000Z';
    const both = { snapshots: [name, spelled], latest: name };
    expect([choose(name, both), choose(spelled, both)]).toEqual([name, spelled]);
  });

  it.each([
    [
      '2026-03-27',
      `snapshot-unknown: docs has no snapshot of 2026-03-27 (Europe/Berlin). Nearest: ${FIRST} and ${SECOND}.`,
    ],
    ['1999-01-01', `snapshot-unknown: docs has no snapshot of 1999-01-01 (Europe/Berlin). Nearest: ${FIRST}.`],
    ['2026-03-28T13', `snapshot-unknown: docs has no snapshot "2026-03-28T13". Nearest: ${THIRD} and ${FOURTH}.`],
    ['2026-03', `snapshot-ambiguous: 2026-03 could be any of ${[FIRST, SECOND, THIRD, FOURTH].join(', ')}.`],
    ['-5', `snapshot-unknown: docs has no snapshot @-5: there are 4, and the oldest is ${FIRST}.`],
    ['-0', 'snapshot-unknown: docs has no snapshot "-0".'],
    ['../..', 'snapshot-unknown: docs has no snapshot "../..".'],
    ['', 'snapshot-unknown: docs has no snapshot "".'],
  ])('%j is an error that says what there is', (wanted, finding) => {
    expect(choose(wanted)).toBe(finding);
  });
});

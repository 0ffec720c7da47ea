import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parsePartial,
  parsePruneLeftover,
  parseSnapshotName,
  partialName,
  pruneName,
  snapshotName,
} from '../../../../src/planner/retention/names.ts';

describe('parseSnapshotName', () => {
  const march = Date.UTC(2026, 2, 6, 14, 30, 0, 0);

  it.each([
    ['2026-03-06T14:30:00.000Z', march],
    ['2026-03-06T14-30-00.000Z', march],
    ['2026-03-06T14:30:00.123Z', march + 123],
    ['2024-02-29T23:59:59.999Z', Date.UTC(2024, 1, 29, 23, 59, 59, 999)],
    ['1969-12-31T23:59:59.999Z', -1],
    ['0001-01-01T00:00:00.000Z', -62135596800000],
  ])('reads the time of %s', (name, time) => {
    expect(parseSnapshotName(name)).toBe(time);
  });

  it.each([
    ['a day that the calendar does not have', '2026-02-30T00:00:00.000Z'],
    ['29 February of a year that is no leap year', '2026-02-29T00:00:00.000Z'],
    ['month 13', '2026-13-01T00:00:00.000Z'],
    ['month 0', '2026-00-01T00:00:00.000Z'],
    ['hour 24', '2026-03-06T24:00:00.000Z'],
    ['minute 60', '2026-03-06T14:60:00.000Z'],
    ['a leap second', '2026-06-30T23:59:60.000Z'],
    ['a mixture of colons and dashes', '2026-03-06T14:30-00.000Z'],
    ['no milliseconds', '2026-03-06T14:30:00Z'],
    ['microseconds', '2026-03-06T14:30:00.000000Z'],
    ['a local time', '2026-03-06T14:30:00.000'],
    ['an offset', '2026-03-06T14:30:00.000+00:00'],
    ['a lower-case zone', '2026-03-06T14:30:00.000z'],
    ['a line feed at the end', '2026-03-06T14:30:00.000Z\n'],
    ['a space in front', ' 2026-03-06T14:30:00.000Z'],
    ['digits of another script', '٢٠٢٦-03-06T14:30:00.000Z'],
    ['a year of five digits', '12026-03-06T14:30:00.000Z'],
    ['a partial', '.partial-2026-03-06T14:30:00.000Z'],
    ['nothing', ''],
  ])('refuses %s', (_, name) => {
    expect(parseSnapshotName(name)).toBeNull();
  });

  it('reads every name that snapshotName makes, on every system', () => {
    const times = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(9999, 11, 31) });
    fc.assert(
      fc.property(times, fc.constantFrom('linux', 'darwin', 'other'), (time, os) => {
        expect(parseSnapshotName(snapshotName(time, os))).toBe(time);
      }),
    );
  });
});

describe('snapshotName', () => {
  it('writes colons on Linux and dashes on macOS', () => {
    const time = Date.UTC(2026, 2, 6, 14, 30, 0, 7);
    expect(snapshotName(time, 'linux')).toBe('2026-03-06T14:30:00.007Z');
    expect(snapshotName(time, 'other')).toBe('2026-03-06T14:30:00.007Z');
    expect(snapshotName(time, 'darwin')).toBe('2026-03-06T14-30-00.007Z');
  });
});

describe('names of what is not a snapshot yet or any more', () => {
  const name = '2026-03-06T14:30:00.000Z';
  const time = Date.UTC(2026, 2, 6, 14, 30);

  it('are read back', () => {
    expect(partialName(name)).toBe(`.partial-${name}`);
    expect(pruneName(name)).toBe(`.prune-${name}`);
    expect(parsePartial(partialName(name))).toBe(time);
    expect(parsePruneLeftover(pruneName(name))).toBe(time);
  });

  it('are not taken for each other, for snapshots, or for names of a user that look alike', () => {
    expect(parsePartial(pruneName(name))).toBeNull();
    expect(parsePartial(name)).toBeNull();
    expect(parsePartial('.partial-copy')).toBeNull();
    expect(parsePruneLeftover(partialName(name))).toBeNull();
    expect(parsePruneLeftover('.prune-list.txt')).toBeNull();
    expect(parseSnapshotName(pruneName(name))).toBeNull();
  });
});

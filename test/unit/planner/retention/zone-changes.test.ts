import { describe, expect, it } from 'vitest';
import { offsetsOf } from '../../../../src/planner/retention/calendar.ts';
import { zoneChanges } from '../../../../src/planner/retention/zone-changes.ts';

const second = (iso: string): number => Date.parse(iso) / 1000;

describe('when the clocks of a zone change', () => {
  it('is never in UTC', () => {
    expect(zoneChanges('UTC')).toEqual([[0, 0]]);
  });

  it('is never in a zone without summer time, where that has been so since 1970', () => {
    expect(zoneChanges('Etc/GMT-3')).toEqual([[0, 10_800]]);
  });

  it('is told to the second, from 1970 on', () => {
    const changes = zoneChanges('Europe/Berlin');
    expect(changes[0]).toEqual([0, 3600]);
    expect(changes).toContainEqual([second('2026-03-29T01:00:00Z'), 7200]);
    expect(changes).toContainEqual([second('2026-10-25T01:00:00Z'), 3600]);
    const times = changes.map(([since]) => since);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    // Twice a year from 1980 on, until 2100.
    expect(changes.filter(([since]) => since >= second('1980-01-01T00:00:00Z'))).toHaveLength(240);
    expect(changes.every(([since]) => since < second('2100-01-01T00:00:00Z'))).toBe(true);
  });

  it('is never for a zone that does not exist', () => {
    expect(() => zoneChanges('Europe/Nowhere')).toThrow(RangeError);
  });
});

describe('the clock of a zone', () => {
  it.each([
    ['Europe/London', '2026-07-10T00:00:00Z', 3_600_000, '+01:00'],
    ['America/St_Johns', '2026-01-10T00:00:00Z', -12_600_000, '-03:30'],
    ['Europe/Paris', '1890-01-01T00:00:00Z', 561_000, '+00:09:21'],
  ])('of %s at %s', (zone, at, ms, text) => {
    expect(offsetsOf(zone)(Date.parse(at))).toEqual({ ms, text });
  });
});

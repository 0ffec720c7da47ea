import { describe, expect, it } from 'vitest';
import { bucketsIn } from '../../../../src/planner/retention/calendar.ts';

describe('bucketsIn', () => {
  it('names every unit in UTC', () => {
    const bucketOf = bucketsIn('UTC');
    const time = Date.parse('2026-03-06T14:30:00.000Z');
    const units = ['hour', 'day', 'week', 'month', 'year'] as const;
    expect(units.map((unit) => bucketOf(time, unit))).toEqual([
      '2026-03-06 14:00',
      '2026-03-06',
      '2026-W10',
      '2026-03',
      '2026',
    ]);
  });

  it.each([
    // The examples of ISO 8601 week dates, and the years that begin on each weekday.
    ['2005-01-01', '2004-W53'],
    ['2005-01-02', '2004-W53'],
    ['2005-12-31', '2005-W52'],
    ['2006-01-01', '2005-W52'],
    ['2006-01-02', '2006-W01'],
    ['2007-01-01', '2007-W01'],
    ['2007-12-30', '2007-W52'],
    ['2007-12-31', '2008-W01'],
    ['2008-12-28', '2008-W52'],
    ['2008-12-29', '2009-W01'],
    ['2009-12-31', '2009-W53'],
    ['2010-01-03', '2009-W53'],
    ['2010-01-04', '2010-W01'],
    ['2020-12-31', '2020-W53'],
    ['2026-12-31', '2026-W53'],
    ['1969-12-28', '1969-W52'],
    ['1969-12-29', '1970-W01'],
    ['0099-06-01', '0099-W23'],
  ])('puts %s in the ISO week %s', (day, week) => {
    const bucketOf = bucketsIn('UTC');
    expect(bucketOf(Date.parse(`${day}T00:00:00.000Z`), 'week')).toBe(week);
    expect(bucketOf(Date.parse(`${day}T23:59:59.999Z`), 'week')).toBe(week);
  });

  it.each([
    ['Europe/Berlin', '2026-03-05T22:59:59.999Z', '2026-03-05', '2026-03-05 23:00+01:00'],
    ['Europe/Berlin', '2026-03-05T23:00:00.000Z', '2026-03-06', '2026-03-06 00:00+01:00'],
    ['Europe/Berlin', '2026-07-05T22:00:00.000Z', '2026-07-06', '2026-07-06 00:00+02:00'],
    ['America/St_Johns', '2026-01-01T03:29:59.999Z', '2025-12-31', '2025-12-31 23:00-03:30'],
    ['America/St_Johns', '2026-01-01T03:30:00.000Z', '2026-01-01', '2026-01-01 00:00-03:30'],
    ['Asia/Kathmandu', '2026-01-01T18:15:00.000Z', '2026-01-02', '2026-01-02 00:00+05:45'],
    ['Europe/Berlin', '1890-01-01T00:00:00.000Z', '1890-01-01', '1890-01-01 00:00+00:53:28'],
  ])('begins days in %s where %s is %s', (timezone, time, day, hour) => {
    const bucketOf = bucketsIn(timezone);
    expect(bucketOf(Date.parse(time), 'day')).toBe(day);
    expect(bucketOf(Date.parse(time), 'hour')).toBe(hour);
  });

  it('keeps apart the two hours between two and three when summer time ends', () => {
    const bucketOf = bucketsIn('Europe/Berlin');
    expect(bucketOf(Date.parse('2026-10-25T00:30:00.000Z'), 'hour')).toBe('2026-10-25 02:00+02:00');
    expect(bucketOf(Date.parse('2026-10-25T01:30:00.000Z'), 'hour')).toBe('2026-10-25 02:00+01:00');
  });

  it('has no hour between two and three when summer time begins', () => {
    const bucketOf = bucketsIn('Europe/Berlin');
    expect(bucketOf(Date.parse('2026-03-29T00:59:59.999Z'), 'hour')).toBe('2026-03-29 01:00+01:00');
    expect(bucketOf(Date.parse('2026-03-29T01:00:00.000Z'), 'hour')).toBe('2026-03-29 03:00+02:00');
  });

  it('throws for a time zone that does not exist', () => {
    expect(() => bucketsIn('Europe/Atlantis')).toThrow(RangeError);
  });
});

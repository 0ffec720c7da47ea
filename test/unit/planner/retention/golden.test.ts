import { describe, expect, it } from 'vitest';
import type { Keep } from '../../../../src/planner/model/spec.ts';
import { retain } from '../../../../src/planner/retention/retain.ts';
import { keepOnly, snapshotsAt } from './policy.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function every(step: number, from: string, to: string): number[] {
  const times = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += step) times.push(time);
  return times;
}

const YEAR = every(17 * HOUR, '2025-03-01T06:00:00Z', '2026-03-06T14:00:00Z');
const AROUND_DST = [
  ...every(HOUR / 2, '2026-03-28T21:30:00Z', '2026-03-29T03:00:00Z'),
  ...every(HOUR / 2, '2026-10-24T20:30:00Z', '2026-10-25T03:00:00Z'),
];
const TURNS_OF_YEARS = [
  ...every(DAY, '2020-12-24T12:00:00Z', '2021-01-12T12:00:00Z'),
  ...every(DAY, '2024-12-26T12:00:00Z', '2025-01-08T12:00:00Z'),
];

const SEPTEMBER = every(DAY, '2026-09-01T20:00:00Z', '2026-09-05T20:00:00Z');

const CASES: Record<string, { times: number[]; keep: Keep }> = {
  'a-year-readme-policy': { times: YEAR, keep: keepOnly({ last: 3, daily: 7, weekly: 4, monthly: 12 }) },
  'a-year-all-rules': {
    times: YEAR,
    keep: keepOnly({ last: 5, hourly: 4, daily: 10, weekly: 6, monthly: 6, yearly: 2, within: 5 * DAY }),
  },
  'a-year-berlin-daily-only': { times: YEAR, keep: keepOnly({ daily: 30, timezone: 'Europe/Berlin' }) },
  'summer-time-hourly': { times: AROUND_DST, keep: keepOnly({ hourly: 11, timezone: 'Europe/Berlin' }) },
  'summer-time-daily': { times: AROUND_DST, keep: keepOnly({ daily: 9, timezone: 'Europe/Berlin' }) },
  'summer-time-daily-utc': { times: AROUND_DST, keep: keepOnly({ daily: 9 }) },
  'within-after-an-absence': {
    times: [...SEPTEMBER, ...every(DAY, '2026-10-10T20:00:00Z', '2026-10-30T20:00:00Z')],
    keep: keepOnly({ within: 30 * DAY }),
  },
  'within-and-a-clock-that-jumped': {
    times: [...SEPTEMBER, Date.parse('2040-01-01T12:00:00Z')],
    keep: keepOnly({ within: 7 * DAY }),
  },
  'iso-weeks': { times: TURNS_OF_YEARS, keep: keepOnly({ weekly: 5, yearly: 3 }) },
};

describe('retention golden files', () => {
  it.each(Object.entries(CASES))('%s', async (name, { times, keep }) => {
    const snapshots = snapshotsAt(times);
    const lines = retain({ snapshots, latest: snapshots.at(-1)?.name ?? null, keep });
    const rules = Object.entries(keep).filter(([, value]) => value !== 0 && value !== null);
    const kept = lines.filter(({ verdict }) => verdict === 'keep').length;
    const text = [
      `keep ${rules.map(([key, value]) => `${key} = ${value}`).join(', ')}`,
      `${kept} of ${lines.length} kept`,
      '',
      ...lines.map(({ name, verdict, reasons }) => `${verdict.padEnd(5)} ${name}  ${reasons.join('; ')}`),
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot(`../../../golden/retention/${name}.txt`);
  });
});

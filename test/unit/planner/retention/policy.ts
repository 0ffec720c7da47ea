import type { Keep } from '../../../../src/planner/model/spec.ts';

/** A policy with the given rules and no others. */
export function keepOnly(rules: Partial<Keep>): Keep {
  return { last: 0, hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0, within: null, timezone: 'UTC', ...rules };
}

export function snapshotsAt(times: readonly (string | number)[]): { name: string; time: number }[] {
  return times.map((written) => {
    const time = new Date(written).getTime();
    return { name: new Date(time).toISOString(), time };
  });
}

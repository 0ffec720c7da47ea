import { randomInt } from 'node:crypto';

/**
 * `20261123T230145Z-3e7f`: the time it started, then three hexadecimal digits for its milliseconds, so that names sort by
 * time, and one that tells two of one millisecond apart.
 */
const RUN_ID = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[0-9a-f]{4}$/;

/** `now` in milliseconds since 1970. Not unique by itself: whoever uses it makes a directory of that name. */
export function newRunId(now: number): string {
  const date = new Date(now);
  const time = date.toISOString().replace(/[-:]|\.\d+/g, '');
  const fraction = date.getUTCMilliseconds() * 16 + randomInt(16);
  return `${time}-${fraction.toString(16).padStart(4, '0')}`;
}

/** When a run began, in milliseconds since 1970; null for what is not the id of a run. */
export function runTime(id: string): number | null {
  const parts = RUN_ID.exec(id)?.slice(1);
  if (parts === undefined) return null;
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : time;
}

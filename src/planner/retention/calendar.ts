export type BucketUnit = 'hour' | 'day' | 'week' | 'month' | 'year';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes the function that names the hour, day, week, month or year in which a time lies, as clocks in `timezone` show
 * it: `2026-03-06 14:00+01:00`, `2026-03-06`, `2026-W10`, `2026-03`, `2026`. Weeks are those of ISO 8601. The offset
 * keeps apart the two hours of one name in the night when summer time ends.
 *
 * @param timezone IANA name; the time is in milliseconds since 1970 UTC
 * @throws RangeError for a time zone that does not exist
 */
export function bucketsIn(timezone: string): (time: number, unit: BucketUnit) => string {
  const offsetAt = offsetsOf(timezone);
  // Each rule asks about the same times again.
  const locals = new Map<number, Local>();
  return (time, unit) => {
    let local = locals.get(time);
    if (local === undefined) {
      local = localTime(time, offsetAt(time));
      locals.set(time, local);
    }
    return bucketOf(local, unit);
  };
}

interface Local {
  /** Milliseconds since 1970 of the clock on the wall. */
  ms: number;
  /** The same as ISO 8601. */
  iso: string;
  /** Of the clock from UTC: `+01:00`; empty for UTC. */
  offset: string;
}

function localTime(time: number, offset: Offset): Local {
  const ms = time + offset.ms;
  return { ms, iso: new Date(ms).toISOString(), offset: offset.text };
}

function bucketOf({ ms, iso, offset }: Local, unit: BucketUnit): string {
  switch (unit) {
    case 'hour':
      return `${iso.slice(0, 10)} ${iso.slice(11, 13)}:00${offset}`;
    case 'day':
      return iso.slice(0, 10);
    case 'week':
      return isoWeek(ms);
    case 'month':
      return iso.slice(0, 7);
    case 'year':
      return iso.slice(0, 4);
  }
}

interface Offset {
  ms: number;
  text: string;
}

/** Making one costs more than all that is then done with it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The clock of a zone at a time in milliseconds since 1970. UTC needs no Intl, whose first use takes long. */
export function offsetsOf(timezone: string): (time: number) => Offset {
  if (timezone === 'UTC') return () => ({ ms: 0, text: '' });
  const format =
    formats.get(timezone) ?? new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' });
  formats.set(timezone, format);
  return (time) => parseOffset(format.format(time));
}

/** Reads the end of `3/6/2026, GMT+01:00`, or of `1/1/1890, GMT+00:53:28` from before there were zones. */
function parseOffset(formatted: string): Offset {
  const found = /GMT(([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(formatted);
  if (found === null) throw new Error(`Intl wrote an offset that is not understood: ${formatted}`);
  const [, text = '', sign, hours = '0', minutes = '0', seconds = '0'] = found;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return { ms: sign === '-' ? -ms : ms, text };
}

/** ISO 8601: a week belongs to the year in which its Thursday lies. */
function isoWeek(local: number): string {
  const day = Math.floor(local / DAY_MS);
  // 1970-01-01 was a Thursday.
  const sinceMonday = (((day + 3) % 7) + 7) % 7;
  const thursday = (day - sinceMonday + 3) * DAY_MS;
  const year = new Date(thursday).toISOString().slice(0, 4);
  const week = Math.floor((thursday - Date.parse(`${year}-01-01T00:00:00.000Z`)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

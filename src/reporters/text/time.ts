import { plural } from './numbers.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took, in its two largest units: `35 ms`, `0.4 s`, `12 s`, `3 min 12 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms > 0 && ms < 100) return `${Math.ceil(ms)} ms`;
  if (ms < 10 * SECOND) return `${(Math.max(0, ms) / SECOND).toFixed(1).replace(/\.0$/, '')} s`;
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return both(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? both(hours, 'h', minutes % 60, 'min') : both(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** Cuts off fractions of a second, which only flicker in what is drawn many times. */
export function wholeSeconds(ms: number): number {
  return Math.floor(Math.max(0, ms) / SECOND) * SECOND;
}

function both(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/**
 * How old a time is: `3 days`, `just now` below a minute, `in the future` when it is after `now`.
 *
 * @param time ISO 8601, UTC
 * @param now ISO 8601, UTC
 */
export function formatAge(time: string, now: string): string {
  const age = Date.parse(now) - Date.parse(time);
  if (Number.isNaN(age)) return 'of unknown age';
  if (age < 0) return 'in the future';
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return plural(Math.floor(age / MINUTE), 'minute');
  if (age < 2 * DAY) return plural(Math.floor(age / HOUR), 'hour');
  if (age < 90 * DAY) return plural(Math.floor(age / DAY), 'day');
  if (age < 730 * DAY) return plural(Math.floor(age / (30.44 * DAY)), 'month');
  return plural(Math.floor(age / (365.25 * DAY)), 'year');
}

/** `3 days ago`, `just now`, `in the future`. */
export function formatAgo(time: string, now: string): string {
  const age = formatAge(time, now);
  return /^\d/.test(age) ? `${age} ago` : age;
}

/** `2026-03-06 14:30:00 UTC`. A text that is no time stays as it is. */
export function formatInstant(time: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return time;
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

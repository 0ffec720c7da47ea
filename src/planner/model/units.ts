import type { MaxAge } from './spec.ts';

const SECOND = 1000;
const DURATIONS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86_400 * SECOND,
  w: 7 * 86_400 * SECOND,
};

/** `7d` → milliseconds. The text has to satisfy the schema's `duration`. */
export function parseDuration(text: string): number {
  return Number.parseInt(text, 10) * unit(DURATIONS, text.slice(-1));
}

/** The text has to satisfy the schema's `max-age`. */
export function parseMaxAge(text: string): MaxAge {
  return text === 'never' ? text : parseDuration(text);
}

const SIZES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** `5GiB` → bytes, rounded up. The text has to satisfy the schema's `size`. */
export function parseSize(text: string): number {
  return Math.ceil(Number.parseFloat(text) * unit(SIZES, text.replace(/^[\d.]+/, '')));
}

function unit(units: Readonly<Record<string, number>>, name: string): number {
  const factor = units[name];
  if (factor === undefined) throw new Error(`unknown unit ${name}`);
  return factor;
}

import type { FileSystem } from './table.ts';

const DAY = 86_400;
/** FAT keeps local time, whatever that is: this much its first and its last time may be off. */
const ZONE = DAY;

/** Tells times of files that were given from those that a file system gives back. */
export interface HeldTimes {
  /** What a time that is found there counts as. */
  found: (time: number) => number;
  /** What a time counts as that was given: one of these is found. */
  given: (time: number) => number[];
}

const AS_GIVEN: HeldTimes = { found: (time) => time, given: (time) => [time] };

/**
 * For whole seconds. All times that a file system cannot hold count as one, whatever it makes of them, and where it keeps every
 * other second two do.
 *
 * @param there null where nobody knows: then each time is its own
 */
export function heldTimes(there: FileSystem | null): HeldTimes {
  if (there === null) return AS_GIVEN;
  const { from, to, window, wraps } = there.times;
  const step = Math.max(1, window);
  const isHeld = (time: number): boolean => time >= from + ZONE && time <= to - ZONE;
  const found = (time: number): number => (isHeld(time) ? Math.floor(time / step) : Infinity);
  const given = (time: number): number[] => {
    if (step === 1 && isHeld(time)) return [time];
    const wrapped = wraps === undefined || isHeld(time) ? [] : WRAPPED[wraps](time);
    return [...new Set([time, ...wrapped].flatMap((one) => [found(one), found(one + step - 1)]))];
  };
  return { found, given };
}

/** What is left of a time that has no place. */
const WRAPPED = {
  seconds: (time: number): number[] => [((time % 2 ** 32) + 2 ** 32) % 2 ** 32],
  // To exfat-fuse 2100 is a leap year.
  years: (time: number): number[] => {
    const date = new Date(time * 1000);
    const wrapped = date.setUTCFullYear(1980 + ((date.getUTCFullYear() - 1980) & 127)) / 1000;
    return [wrapped, wrapped - DAY];
  },
};

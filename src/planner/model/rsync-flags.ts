import type { Finding } from './finding.ts';
import type { RsyncOptions } from './spec.ts';
import { optionClearsProtection } from './findings/filters.ts';

/** Flags of rsync that come from the spec, in the order in which they are given. */
export interface Flags {
  options: string[];
  extraOptions: string[];
  /** Something in them tells rsync to delete. */
  deletes: boolean;
}

const DEFAULTS = ['-a', '--delete', '--delete-excluded', '--partial-dir=.rsync-partial'];
const DELETE = /^--del(?:ete(?:-before|-during|-delay|-after|-excluded)?)?$/;

/** `rsync.delete = false` wins over every flag that says otherwise. */
export function flagsOf(rsync: RsyncOptions): Flags {
  const kept = (words: readonly string[]): string[] => (rsync.delete ? [...words] : withoutDeleting(words));
  const options = kept(rsync.options ?? DEFAULTS);
  const extraOptions = [
    ...(rsync.checksum ? ['--checksum'] : []),
    ...(rsync.compress ? ['--compress'] : []),
    ...(rsync.bandwidth === null ? [] : [`--bwlimit=${rsync.bandwidth}`]),
    ...kept(rsync.extraOptions),
  ];
  return { options, extraOptions, deletes: [...options, ...extraOptions].some((word) => DELETE.test(word)) };
}

export function withoutDeleting(words: readonly string[]): string[] {
  return words.filter((word) => !DELETE.test(word));
}

/** Whether the user wrote a flag that `-a` does not imply: alone, or among letters none of which takes the rest as value. */
export function hasFlag(
  { options, extraOptions }: Pick<RsyncOptions, 'options' | 'extraOptions'>,
  letter: string,
  long: string,
): boolean {
  const short = new RegExp(`^-[^-efBTM@]*${letter}`);
  return [...(options ?? []), ...extraOptions].some((word) => word === long || short.test(word));
}

/** `!` alone, or in one word with its option, clears the list (rsync(1), LIST-CLEARING FILTER RULE). */
const CLEARS = /^(?:--filter=|--exclude=|--include=|-f)?(?:!|clear)$/;
const FROM_FILE = /^--(?:exclude|include)-from(?:=|$)/;

/** Rules that reach rsync as flags, past the filters of the spec, must not undo the protection of sentinels either. */
export function objectionsToFlags(words: readonly string[]): Finding[] {
  return words
    .filter((word) => CLEARS.test(word) || FROM_FILE.test(word))
    .map((word) => optionClearsProtection(word, FROM_FILE.test(word)));
}

/** The target of dry runs that are about one side alone. None makes it. */
export const NOWHERE = '/.nbkp-nowhere/';

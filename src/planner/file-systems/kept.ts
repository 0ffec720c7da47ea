import type { MountFacts } from '../model/facts.ts';
import { fileSystemOf } from './of.ts';
import { FILE_SYSTEMS, type FileSystem } from './table.ts';

/** What a copy may carry: rsync's options for it, and what to call it. */
interface Cargo {
  holds: (there: FileSystem) => boolean;
  words: string;
  /** Letter and long name of each; those that `-a` stands for are marked. */
  options: readonly { letter: string; long: string; archive?: true }[];
}

const CARGO: readonly Cargo[] = [
  {
    holds: ({ owners }) => owners,
    words: 'owners',
    options: [
      { letter: 'o', long: 'owner', archive: true },
      { letter: 'g', long: 'group', archive: true },
    ],
  },
  {
    holds: ({ modes }) => modes,
    words: 'permissions',
    options: [{ letter: 'p', long: 'perms', archive: true }],
  },
  {
    holds: ({ links }) => links,
    words: 'symbolic links',
    options: [{ letter: 'l', long: 'links', archive: true }],
  },
  {
    holds: ({ specials }) => specials,
    words: 'devices, sockets and pipes',
    options: [
      { letter: 'D', long: 'devices', archive: true },
      { letter: 'D', long: 'specials', archive: true },
    ],
  },
  {
    holds: ({ hardLinks }) => hardLinks !== 1,
    words: 'hard links',
    options: [{ letter: 'H', long: 'hard-links' }],
  },
  { holds: ({ acls }) => acls, words: 'ACLs', options: [{ letter: 'A', long: 'acls' }] },
  { holds: ({ xattrs }) => xattrs, words: 'extended attributes', options: [{ letter: 'X', long: 'xattrs' }] },
];

type Mount = MountFacts | null | undefined;

/** All that `restraints` may ever give. */
const RESTRAINTS: ReadonlySet<string> = new Set([
  ...CARGO.flatMap(({ options }) => options.map(withoutIt)),
  ...Object.values(FILE_SYSTEMS).flatMap(({ times }) => withinWindow(times)),
]);

/** What of a copy with some options has no place at its destination. */
export interface Unheld {
  /** The destination's file system, as people call it. */
  title: string;
  /** In words. */
  lost: string[];
}

/**
 * The options of rsync that take out of others what the destination cannot hold, and give its times their window. None
 * where nobody knows what it holds.
 */
export function restraints(options: readonly string[], destination: Mount): string[] {
  const there = fileSystemOf(destination ?? null);
  if (there === null) return [];
  const without = unholdable(options, there).flatMap((cargo) => cargo.options.map(withoutIt));
  return [...without, ...withinWindow(there.times)];
}

/** Whether a word is one of those by which rsync does less, since the destination cannot hold more. */
export function isRestraint(word: string): boolean {
  return RESTRAINTS.has(word);
}

function withoutIt({ long }: Cargo['options'][number]): string {
  return `--no-${long}`;
}

function withinWindow({ window }: FileSystem['times']): string[] {
  return window === 0 ? [] : [`--modify-window=${window}`];
}

/** What options ask for and the destination cannot hold, of what there can be at the source; null for nothing. */
export function unheld(
  options: readonly string[],
  { source, destination }: Record<'source' | 'destination', Mount>,
): Unheld | null {
  const [from, to] = [fileSystemOf(source ?? null), fileSystemOf(destination ?? null)];
  if (to === null) return null;
  const lost = unholdable(options, to).filter(({ holds }) => from === null || holds(from));
  return lost.length === 0 ? null : { title: to.title, lost: lost.map(({ words }) => words) };
}

function unholdable(options: readonly string[], there: FileSystem): Cargo[] {
  return CARGO.filter((cargo) => !cargo.holds(there) && cargo.options.some((option) => isAskedFor(options, option)));
}

/** The last word counts. */
function isAskedFor(words: readonly string[], { letter, long, archive }: Cargo['options'][number]): boolean {
  const on = new RegExp(`^-[^-efBTM@]*[${letter}${archive === true ? 'a' : ''}]`);
  return words.reduce((asked, word) => {
    if (word === `--no-${long}` || word === `--no-${letter}`) return false;
    return asked || word === `--${long}` || on.test(word) || (archive === true && word === '--archive');
  }, false);
}

import type { MountFacts } from '../model/facts.ts';
import type { Cargo, CopyOptions } from '../model/identity.ts';
import { fileSystemOf } from './of.ts';
import { FILE_SYSTEMS, type FileSystem } from './table.ts';

/** What a copy may carry: rsync's options for it, and what to call it. */
interface Carried {
  id: Cargo;
  holds: (there: FileSystem) => boolean;
  words: string;
  /** Letter and long name of each; those that `-a` stands for are marked. */
  options: readonly { letter?: string; long: string; archive?: true }[];
}

const CARGO: readonly Carried[] = [
  {
    id: 'owners',
    holds: ({ owners }) => owners,
    words: 'owners',
    options: [
      { letter: 'o', long: 'owner', archive: true },
      { letter: 'g', long: 'group', archive: true },
    ],
  },
  {
    id: 'permissions',
    holds: ({ modes }) => modes,
    words: 'permissions',
    options: [{ letter: 'p', long: 'perms', archive: true }],
  },
  {
    id: 'links',
    holds: ({ links }) => links,
    words: 'symbolic links',
    options: [{ letter: 'l', long: 'links', archive: true }],
  },
  {
    id: 'specials',
    holds: ({ specials }) => specials,
    words: 'devices, sockets and pipes',
    options: [
      { letter: 'D', long: 'devices', archive: true },
      { letter: 'D', long: 'specials', archive: true },
    ],
  },
  {
    id: 'hard-links',
    holds: ({ hardLinks }) => hardLinks !== 1,
    words: 'hard links',
    options: [{ letter: 'H', long: 'hard-links' }],
  },
  { id: 'acls', holds: ({ acls }) => acls, words: 'ACLs', options: [{ letter: 'A', long: 'acls' }] },
  {
    id: 'xattrs',
    holds: ({ xattrs }) => xattrs,
    words: 'extended attributes',
    options: [{ letter: 'X', long: 'xattrs' }],
  },
  { id: 'holes', holds: ({ holes }) => holes, words: 'holes in files', options: [{ letter: 'S', long: 'sparse' }] },
  {
    id: 'numeric-ids',
    holds: ({ owners }) => owners,
    words: 'owners by number',
    options: [{ long: 'numeric-ids' }],
  },
];

/** Every thing that a copy may keep, as it is recorded. */
export const CARGO_IDS: readonly Cargo[] = CARGO.map(({ id }) => id);

type Mount = MountFacts | null | undefined;

/** What holds the two ends; null or undefined where that is not known. */
export type Ends = Record<'source' | 'destination', Mount>;

/** What of a copy with some options has no place at its destination. */
export interface Unheld {
  /** The destination's file system, as people call it. */
  title: string;
  /** In words. */
  lost: string[];
}

/** What `-a` keeps of a source there; null where nobody knows what can be held. */
export function archiveOptions(destination: Mount): CopyOptions | null {
  return decided({ source: null, destination }, ({ options }) => options.some(({ archive }) => archive === true));
}

/** All of a source that can be kept there; null where nobody knows. */
export function fullOptions(ends: Ends): CopyOptions | null {
  return decided(ends, () => true);
}

/** What `-a` keeps is decided by the destination alone: sources move. */
function decided({ source, destination }: Ends, isWanted: (cargo: Carried) => boolean): CopyOptions | null {
  const [from, to] = [fileSystemOf(source ?? null), fileSystemOf(destination ?? null)];
  if (to === null) return null;
  const keeps = CARGO.filter(
    (cargo) => isWanted(cargo) && cargo.holds(to) && (isArchive(cargo) || from === null || cargo.holds(from)),
  );
  return { keeps: keeps.map(({ id }) => id), modifyWindow: to.times.window };
}

/** The words of rsync, after `-a`, for what was decided; less where the destination as it is mounted now cannot hold it. */
export function decidedWords({ keeps, modifyWindow }: CopyOptions, destination: Mount): string[] {
  const there = fileSystemOf(destination ?? null);
  const kept = (cargo: Carried): boolean => keeps.includes(cargo.id) && (there === null || cargo.holds(there));
  const words = CARGO.flatMap((cargo) => {
    const on = kept(cargo);
    return cargo.options.flatMap(({ long, archive }) =>
      on === (archive === true) ? [] : [on ? `--${long}` : `--no-${long}`],
    );
  });
  return [...words, ...windowWords(Math.max(modifyWindow, there?.times.window ?? 0)), ...linkWords(there)];
}

/**
 * The options of rsync that take out of others what the destination cannot hold, and give its times their window. None
 * where nobody knows what it holds.
 */
export function restraints(options: readonly string[], destination: Mount): string[] {
  const there = fileSystemOf(destination ?? null);
  if (there === null) return [];
  const without = unholdable(options, there).flatMap((cargo) => cargo.options.map(withoutIt));
  return [...without, ...windowWords(there.times.window), ...linkWords(there)];
}

/**
 * Extended attributes that belong to one file system or system alone: no other takes them, or each has its own. For both
 * sides, so that they are neither copied nor taken away, which `--delete-excluded` would make of one for the sender's.
 */
const FOREIGN_ATTRIBUTES = [
  'btrfs.*',
  'security.selinux',
  'security.ima',
  'security.evm',
  'security.SMACK64*',
  'system.*',
  // As HFS+ shows what Finder keeps of every file: nobody can take it away.
  'osx.*',
  // As XFS shows to root what it keeps of ACLs.
  'trusted.SGI_ACL_*',
];

/** A rule of ours replaces the one by which only root copies what is not a user's (rsync(1), --xattrs). */
export function attributeRules(all: boolean): string[] {
  return all ? FOREIGN_ATTRIBUTES.map((name) => `--filter=-xrs ${name}`) : ['--filter=-xrs! user.*'];
}

const OMIT_LINK_TIMES = '--omit-link-times';

/** All words by which a copy keeps more or less than `-a` does. */
const DECIDED: ReadonlySet<string> = new Set([
  ...CARGO.flatMap(({ options }) => options.flatMap((option) => [withoutIt(option), `--${option.long}`])),
  ...Object.values(FILE_SYSTEMS).flatMap(({ times }) => windowWords(times.window)),
  OMIT_LINK_TIMES,
  ...attributeRules(true),
  ...attributeRules(false),
]);

/** Whether a word says what a copy keeps, which only the open drive tells. */
export function isDecided(word: string): boolean {
  return DECIDED.has(word);
}

function withoutIt({ long }: Carried['options'][number]): string {
  return `--no-${long}`;
}

function linkWords(there: FileSystem | null): string[] {
  return there?.followsLinks === true ? [OMIT_LINK_TIMES] : [];
}

function windowWords(window: number): string[] {
  return window === 0 ? [] : [`--modify-window=${window}`];
}

/** What options ask for and the destination cannot hold, of what there can be at the source; null for nothing. */
export function unheld(options: readonly string[], ends: Ends): Unheld | null {
  const to = fileSystemOf(ends.destination ?? null);
  return to === null ? null : lostOf(unholdable(options, to), ends);
}

/** What the source can have, and neither was decided to be kept nor is written in the spec; null for nothing. */
export function undecided({ keeps }: CopyOptions, ends: Ends, written: readonly string[]): Unheld | null {
  const lost = CARGO.filter(
    ({ id, options }) =>
      id !== 'numeric-ids' && !keeps.includes(id) && !options.some((option) => isAskedFor(written, option)),
  );
  return lostOf(lost, ends);
}

/** What was decided to be kept, and the destination cannot hold as it is mounted now. */
export function noLongerHeld({ keeps }: CopyOptions, ends: Ends): Unheld | null {
  const to = fileSystemOf(ends.destination ?? null);
  if (to === null) return null;
  return lostOf(
    CARGO.filter((cargo) => cargo.id !== 'numeric-ids' && keeps.includes(cargo.id) && !cargo.holds(to)),
    ends,
  );
}

/** In words, what of a full copy is not asked for: neither decided nor written in the spec. */
export function furtherCargo(full: CopyOptions, now: CopyOptions, written: readonly string[]): string[] {
  return CARGO.filter(
    ({ id, options }) =>
      full.keeps.includes(id) && !now.keeps.includes(id) && !options.some((option) => isAskedFor(written, option)),
  ).map(({ words }) => words);
}

/** In words, what the source can have and what keeps only that lacks. */
export function lackingIn(keeps: readonly Cargo[], source: Mount): string[] {
  const from = fileSystemOf(source ?? null);
  return CARGO.filter(
    ({ id, holds }) => id !== 'numeric-ids' && !keeps.includes(id) && (from === null || holds(from)),
  ).map(({ words }) => words);
}

function lostOf(cargo: readonly Carried[], { source, destination }: Ends): Unheld | null {
  const [from, to] = [fileSystemOf(source ?? null), fileSystemOf(destination ?? null)];
  const lost = cargo.filter(({ holds }) => from === null || holds(from));
  return to === null || lost.length === 0 ? null : { title: to.title, lost: lost.map(({ words }) => words) };
}

function unholdable(options: readonly string[], there: FileSystem): Carried[] {
  return CARGO.filter((cargo) => !cargo.holds(there) && cargo.options.some((option) => isAskedFor(options, option)));
}

function isArchive({ options }: Carried): boolean {
  return options.some(({ archive }) => archive === true);
}

/** The last word counts. */
function isAskedFor(words: readonly string[], { letter, long, archive }: Carried['options'][number]): boolean {
  const letters = `${letter ?? ''}${archive === true ? 'a' : ''}`;
  const on = letters === '' ? null : new RegExp(`^-[^-efBTM@]*[${letters}]`);
  return words.reduce((asked, word) => {
    if (word === `--no-${long}` || (letter !== undefined && word === `--no-${letter}`)) return false;
    return asked || word === `--${long}` || on?.test(word) === true || (archive === true && word === '--archive');
  }, false);
}

import type { Names } from '../../api/known-names.ts';
import { SHARED_VALUED, wordsBeforeCommand } from '../command-first.ts';

/** What completion has to know of a command: a part of what oclif.manifest.json says. */
export interface KnownCommand {
  /** `snapshots:list`. */
  id: string;
  hidden: boolean;
  /** In order. */
  args: readonly KnownArgument[];
  flags: Readonly<Record<string, KnownFlag>>;
}

export interface KnownArgument {
  name: string;
  /** As the help has it: `SYNC[@SNAPSHOT]`. */
  label: string;
  options: readonly string[];
}

export interface KnownFlag {
  letter: string | undefined;
  hidden: boolean;
  takesValue: boolean;
  options: readonly string[];
  /** What kind of value, as the help has it. */
  label: string;
  /** Whether commas part several values. */
  isList: boolean;
  hasOpposite: boolean;
}

/** What may stand in the place of a word. */
export interface Candidates {
  words: string[];
  /** Whether a path may stand there: those the shell knows best. */
  files: boolean;
}

const NOTHING: Candidates = { words: [], files: false };
const FILES: Candidates = { words: [], files: true };
/** Of flags and arguments that mean a path of this machine. */
const PATHS = new Set('FILE PLAN_FILE DIR DIRECTORY FOLDER FOLDER[@SNAPSHOT] WHAT WHERE PATH A B'.split(' '));

const only = (words: readonly string[]): Candidates => ({ words: [...words], files: false });

/**
 * What may stand in the place of the last word.
 *
 * @param words after `nbkp`; the last one is what has been typed of it, perhaps nothing
 */
export function candidates(commands: readonly KnownCommand[], words: readonly string[], names: Names): Candidates {
  const current = words.at(-1) ?? '';
  const visible = commands.filter(({ hidden }) => !hidden);
  const all = possible(visible, words.slice(0, -1), current, names);
  return { words: [...new Set(all.words)].filter((word) => word.startsWith(current)).sort(), files: all.files };
}

function possible(
  commands: readonly KnownCommand[],
  before: readonly string[],
  current: string,
  names: Names,
): Candidates {
  const leading = wordsBeforeCommand(before);
  const typed = before.slice(leading);
  const found = commandOf(commands, typed);
  if (found !== null) {
    const { words, files } = ofCommand(found, typed, current, names);
    return { words: [...words, ...(typed.length === 1 ? secondWords(commands, typed[0]) : [])], files };
  }
  if (typed.length > 0 || (leading <= before.length && !current.startsWith('-')))
    return only(nextWords(commands, typed));
  return flagOrValue({ id: '', flags: beforeCommand(commands) }, before, current, names) ?? NOTHING;
}

/** The command that words name; null while they name a topic or nothing. */
function commandOf(commands: readonly KnownCommand[], words: readonly string[]): KnownCommand | null {
  const [first = '', second = ''] = words;
  return commands.find(({ id }) => id === `${first}:${second}`) ?? commands.find(({ id }) => id === first) ?? null;
}

function nextWords(commands: readonly KnownCommand[], typed: readonly string[]): string[] {
  const words = typed[0] === 'help' ? typed.slice(1) : typed;
  const ids = commands.map(({ id }) => id.split(':'));
  if (words.length > 0) return words.length === 1 ? secondWords(commands, words[0]) : [];
  return [...ids.map(([first = '']) => first), ...(typed.length === 0 ? ['help'] : [])];
}

function secondWords(commands: readonly KnownCommand[], topic: string | undefined): string[] {
  return commands.map(({ id }) => id.split(':')).flatMap(([first, second]) => (first === topic ? (second ?? []) : []));
}

/** Flags that may stand before the command: those of all, and those that several share. */
function beforeCommand(commands: readonly KnownCommand[]): Readonly<Record<string, KnownFlag>> {
  const flags = Object.assign({}, ...commands.map((command) => command.flags)) as KnownCommand['flags'];
  const isShared = (name: string): boolean =>
    SHARED_VALUED.has(`--${name}`) || commands.every((command) => name in command.flags);
  const version: KnownFlag = {
    ...{ letter: 'V', hidden: false, takesValue: false, options: [], label: '', isList: false, hasOpposite: false },
  };
  return { ...Object.fromEntries(Object.entries(flags).filter(([name]) => isShared(name))), version };
}

function ofCommand(command: KnownCommand, words: readonly string[], current: string, names: Names): Candidates {
  const typed = words.slice(command.id.split(':').length);
  const end = typed.indexOf('--');
  const flag = end === -1 ? flagOrValue(command, typed, current, names) : null;
  if (flag !== null) return flag;
  const before = typed.filter((word, at) => {
    if (end !== -1 && at >= end) return at > end;
    return !word.startsWith('-') && flagNamed(command.flags, typed[at - 1])?.flag.takesValue !== true;
  });
  return argument(command, before, current, names);
}

type Flagged = Pick<KnownCommand, 'id' | 'flags'>;

/** Null where an argument stands. */
function flagOrValue(command: Flagged, typed: readonly string[], current: string, names: Names): Candidates | null {
  const [, attachedTo, value] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  const attached = flagNamed(command.flags, attachedTo);
  if (attached !== null && value !== undefined) {
    const { words, files } = valuesOf(command.id, attached, value, names);
    return { words: words.map((word) => `${attachedTo ?? ''}=${word}`), files };
  }
  const last = flagNamed(command.flags, typed.at(-1));
  if (last?.flag.takesValue === true) return valuesOf(command.id, last, current, names);
  if (!current.startsWith('-')) return null;
  const flags = Object.entries(command.flags).filter(([, { hidden }]) => !hidden);
  const written = flags.flatMap(([name, { hasOpposite }]) => [`--${name}`, ...(hasOpposite ? [`--no-${name}`] : [])]);
  return only([...written, '--help']);
}

interface NamedFlag {
  name: string;
  flag: KnownFlag;
}

function flagNamed(flags: KnownCommand['flags'], word = ''): NamedFlag | null {
  const found = Object.entries(flags).find(
    ([name, { letter }]) => word === `--${name}` || word === `-${letter ?? '-'}`,
  );
  return found === undefined ? null : { name: found[0], flag: found[1] };
}

function valuesOf(id: string, { name, flag }: NamedFlag, current: string, names: Names): Candidates {
  const values = flag.options.length > 0 ? flag.options : namesFor(id, name, names);
  if (!flag.isList || values.length === 0) return { words: [...values], files: PATHS.has(flag.label) };
  const cut = current.lastIndexOf(',') + 1;
  const chosen = current.slice(0, cut).split(',');
  return only(values.filter((value) => !chosen.includes(value)).map((value) => `${current.slice(0, cut)}${value}`));
}

function namesFor(id: string, flag: string, names: Names): readonly string[] {
  if (id === 'add:sync' && (flag === 'source' || flag === 'to')) return names.volumes();
  if (flag === 'only' || flag === 'exclude') return [...names.syncs(), ...names.volumes().map((name) => `${name}:`)];
  if (flag === 'location' || flag === 'exclude-location') return names.locations();
  if (flag === 'upgrade-options') return names.syncs();
  return flag === 'require' ? names.volumes() : [];
}

function argument({ id, args }: KnownCommand, before: readonly string[], current: string, names: Names): Candidates {
  const place = before.length;
  // The last argument of a command may be given more than once.
  const { name = '', label = '', options = [] } = args[place] ?? args.at(-1) ?? {};
  if (options.length > 0) return only(options);
  if (name === 'sync' || (id === 'snapshots:diff' && name === 'a')) return only(copies(current, names));
  if (id === 'snapshots:diff') {
    const [sync = ''] = (before[0] ?? '').split('@');
    return only(names.snapshots(sync));
  }
  if (name === 'path' && (id === 'ls' || id === 'restore')) return pathsIn(before[0], current, names);
  if (name === 'run') return only(names.runs());
  if (name === 'volumes') return only(names.volumes());
  return PATHS.has(label) ? FILES : NOTHING;
}

/** `SYNC`, or `SYNC@SNAPSHOT` once the `@` is there. */
function copies(current: string, names: Names): readonly string[] {
  const [sync = ''] = current.split('@');
  return current.includes('@') ? names.snapshots(sync).map((snapshot) => `${sync}@${snapshot}`) : names.syncs();
}

/** Inside the copy that the first word names. Full paths are of this machine. */
function pathsIn(copy: string | undefined, current: string, names: Names): Candidates {
  if (copy === undefined || /^[/~]/.test(current)) return FILES;
  const folder = current.slice(0, current.lastIndexOf('/') + 1);
  return only(names.entries(copy, folder).map((name) => `${folder}${name}`));
}

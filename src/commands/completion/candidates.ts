import type { Names } from '../../api/known-names.ts';

/** What completion has to know of a command: a part of what oclif.manifest.json says. */
export interface KnownCommand {
  /** `snapshots:list`. */
  id: string;
  hidden: boolean;
  /** Names of its arguments, in order. */
  args: readonly string[];
  flags: Readonly<Record<string, { takesValue: boolean; options: readonly string[]; hidden: boolean }>>;
}

/**
 * What may stand in the place of the last word. None where files are meant, which the shell knows best.
 *
 * @param words after `nbkp`; the last one is what has been typed of it, perhaps nothing
 */
export function candidates(commands: readonly KnownCommand[], words: readonly string[], names: Names): string[] {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const found = commandOf(commands, before);
  const all = found === null ? nextWords(commands, before) : ofCommand(found, before, current, names);
  return [...new Set(all)].filter((word) => word.startsWith(current)).sort();
}

/** The command that words name; null while they name a topic or nothing. */
function commandOf(commands: readonly KnownCommand[], words: readonly string[]): KnownCommand | null {
  const [first = '', second = ''] = words;
  const visible = commands.filter(({ hidden }) => !hidden);
  return visible.find(({ id }) => id === `${first}:${second}`) ?? visible.find(({ id }) => id === first) ?? null;
}

function nextWords(commands: readonly KnownCommand[], before: readonly string[]): string[] {
  const visible = commands.filter(({ hidden }) => !hidden).map(({ id }) => id.split(':'));
  if (before.length === 0) return [...visible.map(([first = '']) => first), '--help', '--version'];
  return visible.flatMap(([first, second]) => (first === before[0] && before.length === 1 ? (second ?? []) : []));
}

function ofCommand(command: KnownCommand, words: readonly string[], current: string, names: Names): string[] {
  const typed = words.slice(command.id.split(':').length);
  const flag = flagNamed(command, typed.at(-1) ?? '');
  if (flag?.takesValue === true) return valuesOf(command.id, flag, names);
  if (current.startsWith('-')) {
    const flags = Object.entries(command.flags).filter(([, { hidden }]) => !hidden);
    return [...flags.map(([name]) => `--${name}`), '--help'];
  }
  const before = typed.filter((word, index) => !word.startsWith('-') && !takesNext(command, typed[index - 1]));
  return argument(command, before, current, names);
}

function flagNamed({ flags }: KnownCommand, word: string) {
  const flag = word.startsWith('--') ? flags[word.slice(2)] : undefined;
  return flag === undefined ? null : { name: word.slice(2), ...flag };
}

function takesNext(command: KnownCommand, word = ''): boolean {
  return flagNamed(command, word)?.takesValue === true;
}

function valuesOf(
  id: string,
  { name: flag, options }: { name: string; options: readonly string[] },
  names: Names,
): string[] {
  if (id === 'add:sync' && (flag === 'source' || flag === 'to')) return [...names.volumes()];
  if (flag === 'only' || flag === 'exclude') return [...names.syncs(), ...names.volumes().map((name) => `${name}:`)];
  return flag === 'require' ? [...names.volumes()] : [...options];
}

function argument({ id, args }: KnownCommand, before: readonly string[], current: string, names: Names): string[] {
  const place = before.length;
  // The last argument of a command may be given more than once.
  const name = args[place] ?? args.at(-1);
  if (name === 'sync' || (id === 'snapshots:diff' && name === 'a')) return copies(current, names);
  if (id === 'snapshots:diff' && place === 1) {
    const [sync = ''] = (before[0] ?? '').split('@');
    return [...names.snapshots(sync)];
  }
  if (name === 'path' && (id === 'ls' || id === 'restore')) return pathsIn(before[0], current, names);
  if (name === 'run') return [...names.runs()];
  return name === 'volumes' ? [...names.volumes()] : [];
}

/** `SYNC`, or `SYNC@SNAPSHOT` once the `@` is there. */
function copies(current: string, names: Names): string[] {
  const [sync = ''] = current.split('@');
  return current.includes('@') ? names.snapshots(sync).map((snapshot) => `${sync}@${snapshot}`) : [...names.syncs()];
}

/** Inside the copy that the first word names. Full paths are of this machine, which the shell knows best. */
function pathsIn(copy: string | undefined, current: string, names: Names): string[] {
  if (copy === undefined || /^[/~]/.test(current)) return [];
  const folder = current.slice(0, current.lastIndexOf('/') + 1);
  return names.entries(copy, folder).map((name) => `${folder}${name}`);
}

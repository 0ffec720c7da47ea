import type { RenameCommands } from '../../../planner/kinds/rsync/linking.ts';
import type { MovedFiles } from '../../../planner/model/event.ts';
import type { CopiedFile } from '../../../planner/model/verification.ts';
import { fill } from '../../../planner/model/step.ts';
import { listOf, namesIn, type ListedNames } from '../../../hosts/rsync/listed-names.ts';
import { runPass } from '../../../hosts/rsync/pass.ts';
import { addState, pairsOf, parseSame, sumOf, type States } from '../../../hosts/rsync/renames.ts';
import { timeLeft, type Job } from './job.ts';

/** What of the target is linked under a new name, and is what the source has under that. */
export interface Moved extends MovedFiles {
  names: ReadonlySet<string>;
  /** What is to be noted of the files among them. */
  copies: readonly CopiedFile[];
  /** So many entries of the last snapshot are not lost: further names and folders count too. */
  entries: number;
}

const NOTHING: Moved = { names: new Set(), copies: [], entries: 0, files: 0, bytes: 0 };

/**
 * Links what is gone from the source to the names of what is new there, where it may be the same, and compares that in all. What
 * turns out to be something else is still to be cleared from the target, as all that is listed.
 *
 * @returns null where nobody knows what is in the target now
 */
export async function moveRenamed(
  job: Job,
  commands: RenameCommands | null,
  listed: ListedNames,
): Promise<Moved | null> {
  const { fresh, gone, goneFolders, leaders } = listed;
  const names = [...gone].filter((name) => !goneFolders.has(name));
  if (commands === null || names.length === 0 || fresh.size === 0) return NOTHING;
  const pairs = pairsOf(fresh, await statesOf(job, commands.gone, names));
  const wanted = [...pairs].filter(([name]) => !leaders.has(name));
  if (wanted.length === 0) return NOTHING;
  const linked = await link(job, commands.move, wanted, names);
  if (linked === null) return null;
  return summed(await verified(job, commands.verify, linked), pairs, listed);
}

/** Size and time of names, as far as rsync tells them. */
export async function statesOf(job: Job, argv: readonly string[], names: readonly string[]): Promise<States> {
  const states: States = new Map();
  const code = await readItems(job, argv, names, (line) => addState(states, line));
  return code === 0 ? states : new Map();
}

async function link(
  { context, values }: Job,
  argv: readonly string[],
  pairs: [string, string][],
  gone: readonly string[],
): Promise<string[] | null> {
  const moving = new Set(pairs.map(([, old]) => old));
  const going = gone.filter((name) => !moving.has(name));
  const said: Buffer[] = [];
  const { code } = await context.run(fill(argv, values), {
    stdin: [listOf([...pairs.flatMap(([name, old]) => [`=${old}`, `>${name}`]), ...going.map((name) => `-${name}`)])],
    onStdout: (chunk) => void said.push(chunk),
  });
  return code === 0 ? namesIn(Buffer.concat(said)) : null;
}

/** What has vanished, or cannot be read, is not listed and so not the same. */
async function verified(job: Job, argv: readonly string[], names: readonly string[]): Promise<Same> {
  const same: Same = { names: new Set(), copies: [] };
  if (names.length === 0) return same;
  const code = await readItems(job, argv, names, (line) => {
    const found = parseSame(line);
    if (found === null) return;
    same.names.add(found.name);
    if (found.file !== null) same.copies.push(found.file);
  });
  return code === 0 || code === VANISHED ? same : { names: new Set(), copies: [] };
}

interface Same {
  names: Set<string>;
  copies: CopiedFile[];
}

export const VANISHED = 24;

/** Makes a dry run about names. Whatever keeps it from its work meets the passes too, and they say so. */
export async function readItems(
  job: Job,
  argv: readonly string[],
  names: readonly string[],
  onLine: (line: string) => void,
): Promise<number | null> {
  const stdin = listOf(names.map((name) => `./${name}`));
  const options = { stdin, onLine, quiet: true, ...timeLeft(job) };
  return (await runPass(fill(argv, job.values), job.context, options)).result.code;
}

/** Further names of a file are what that is. */
function summed({ names, copies }: Same, pairs: ReadonlyMap<string, string>, listed: ListedNames): Moved {
  const moved = new Map([...pairs].filter(([name]) => names.has(listed.leaders.get(name) ?? name)));
  return { names, copies, ...sumOf(moved, listed) };
}

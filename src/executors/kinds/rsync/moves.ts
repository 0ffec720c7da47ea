import { renameCommand, renameSearch } from '../../../planner/kinds/rsync/moving.ts';
import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { Changes, MovedFiles } from '../../../planner/model/event.ts';
import { fill } from '../../../planner/model/step.ts';
import type { CopiedFile } from '../../../planner/model/verification.ts';
import { listOf, namesIn, type ListedNames } from '../../../hosts/rsync/listed-names.ts';
import { pairsOf, parseContent, sumOf, type Content } from '../../../hosts/rsync/renames.ts';
import type { Comparison } from './compare.ts';
import type { Job } from './job.ts';
import { readItems, statesOf, VANISHED } from './renames.ts';

/** What is new in the source and has the content of something that is gone from it. */
export interface Renamed {
  /** Old names of new ones. */
  pairs: ReadonlyMap<string, string>;
  /** So many entries are not lost: folders count too. */
  entries: number;
  /** What is to be noted of files, by their new names. */
  copies: ReadonlyMap<string, CopiedFile>;
}

/**
 * Reads what may have been renamed at both ends, and writes nothing: no interruption leaves anything under a name that nobody has
 * compared.
 *
 * @param params name the tree that was compared with
 * @returns null where nothing was renamed
 */
export async function seeRenamed(job: Job, params: TransferParams, listed?: ListedNames): Promise<Renamed | null> {
  const commands = renameSearch(params);
  if (commands === null || listed === undefined || listed.unusable || listed.fresh.size === 0) return null;
  const names = [...listed.gone].filter((name) => !listed.goneFolders.has(name));
  if (names.length === 0) return null;
  const likely = pairsOf(listed.fresh, await statesOf(job, commands.gone, names));
  if (likely.size === 0) return null;
  const [old, fresh] = await Promise.all([
    contentsOf(job, commands.old, [...likely.values()]),
    contentsOf(job, commands.fresh, [...likely.keys()]),
  ]);
  const pairs = new Map([...likely].filter(([name, before]) => isSame(fresh.get(name), old.get(before))));
  const copies = new Map([...pairs.keys()].flatMap((name) => noteOf(name, fresh.get(name)?.file)));
  return pairs.size === 0 ? null : { pairs, copies, entries: sumOf(pairs, listed).entries };
}

function isSame(one: Content | undefined, other: Content | undefined): boolean {
  return one !== undefined && one.content === other?.content;
}

function noteOf(name: string, file: CopiedFile | null | undefined): [string, CopiedFile][] {
  return file === null || file === undefined ? [] : [[name, file]];
}

/** What has vanished, or cannot be read, is not listed and so not the same. */
async function contentsOf(job: Job, argv: readonly string[], names: readonly string[]): Promise<Map<string, Content>> {
  const contents = new Map<string, Content>();
  const code = await readItems(job, argv, names, (line) => {
    const found = parseContent(line);
    if (found !== null) contents.set(found.name, found);
  });
  return code === 0 || code === VANISHED ? contents : new Map<string, Content>();
}

/** What is done before a pass over everything, if there is one. */
export interface Placed extends MovedFiles {
  /** Entries that a pass would have deleted: they have another name, or were removed. */
  away: number;
  /** And such that it would have made: folders too. */
  created: number;
  /** What was copied and removed by its names. */
  byName?: { files: number; bytes: number; deleted: number };
}

export const NOT_PLACED: Placed = { away: 0, created: 0, files: 0, bytes: 0 };

/** Gives what was renamed its new name in the target, where it is not there yet. All else is copied, as whatever differs. */
export async function giveNewNames(job: Job, { renamed, listed }: Comparison): Promise<Placed> {
  const argv = renameCommand(job.params);
  if (argv === null || renamed === undefined || listed === undefined) return NOT_PLACED;
  const wanted = [...renamed.pairs].filter(([name]) => !listed.leaders.has(name));
  const said: Buffer[] = [];
  await job.context.run(fill(argv, job.values), {
    stdin: [listOf(wanted.flatMap(([name, old]) => [`=${old}`, `>${name}`]))],
    onStdout: (chunk) => void said.push(chunk),
  });
  // Whatever ended it, what it has said is so.
  const made = namesIn(Buffer.concat(said));
  const names = made.filter((name) => !name.endsWith('/'));
  const { files, bytes } = sumOf(new Map(names.map((name) => [name, ''])), listed);
  for (const name of names) {
    const copy = renamed.copies.get(name);
    if (copy !== undefined) job.context.copied(copy);
  }
  return { away: names.length, created: made.length, files, bytes };
}

/** What is yet to be copied. */
export function bytesLeft({ totals, placed = NOT_PLACED }: Comparison): number {
  return totals.bytes - placed.bytes - (placed.byName?.bytes ?? 0);
}

/** What a run has done, with what has only another name by now: that is new under it, and deleted nowhere. */
export function withPlaced(changes: Changes, placed: Placed = NOT_PLACED): Changes {
  const { away, created, files, bytes, byName } = placed;
  if (away === 0 && byName === undefined) return changes;
  const sum = (key: 'files' | 'bytes' | 'deleted'): number => (changes[key] ?? 0) + (byName?.[key] ?? 0);
  return {
    ...changes,
    ...{ files: sum('files'), bytes: sum('bytes'), deleted: sum('deleted'), created: (changes.created ?? 0) + created },
    ...(files === 0 ? {} : { moved: { files, bytes } }),
  };
}

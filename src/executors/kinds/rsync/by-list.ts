import { listCommands, type ListCommands } from '../../../planner/kinds/rsync/by-list.ts';
import { fill } from '../../../planner/model/step.ts';
import { parseSnapshotName } from '../../../planner/retention/names.ts';
import { fillList, listOf, namesIn, type ListedNames } from '../../../hosts/rsync/listed-names.ts';
import { foldersAbove } from '../../../hosts/rsync/renames.ts';
import { runPass } from '../../../hosts/rsync/pass.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';
import { changesOf } from './changes.ts';
import type { Comparison } from './compare.ts';
import { goneAway, judgePass, timeLeft, type Copied, type Failure, type Job } from './job.ts';
import { guardSeeing } from './guard-seeing.ts';
import { bytesLeft, NOT_PLACED, type Placed } from './moves.ts';
import { isSettled } from './settled.ts';

/**
 * The commands with which a copy can become what a comparison lists; null where that has not seen all, or was made with a
 * snapshot of which nobody knows that the copy still is what it was made of. Where an interrupted run may have left pieces of files,
 * a pass goes on with them.
 */
export function usableLists(
  job: Job,
  { listed, verdict, sawAll }: Comparison,
  { isSame }: CopyState,
): ListCommands | null {
  if (!isSame || listed === undefined || listed.unusable || !sawAll || !verdict.ok) return null;
  const commands = listCommands(job.params);
  return commands?.same === null && job.params.resumes ? null : commands;
}

const SHOWN = /^\s*(UUID|Parent UUID|Generation|Gen at creation):\s*(\S+)$/gm;

/** What is known of a copy that is not compared itself. */
interface CopyState {
  /** It is what the snapshot was made of that it is compared with. */
  isSame: boolean;
  /** And that has all that is in it: there is no other subvolume within. */
  isWhole: boolean;
}

/**
 * Asks whether a copy is as the last snapshot. Each commit in which a subvolume changes gives it another generation, and so does the
 * one that makes a snapshot of it.
 */
export async function copyState({ params, context, values }: Job): Promise<CopyState> {
  const argv = listCommands(params)?.same ?? null;
  if (argv === null) return { isSame: true, isWhole: false };
  const said: Buffer[] = [];
  const { code } = await context.run(fill(argv, values), {
    onStdout: (chunk) => void said.push(chunk),
    // Who is not told, as most users are not, loses nothing but time.
    onStderrLine: () => true,
  });
  const text = Buffer.concat(said).toString('latin1');
  const [uuid, , generation, , , parent, now, made] = [...text.matchAll(SHOWN)].map(([, , value]) => value);
  const isSame = code === 0 && made !== undefined && uuid === parent && generation === made && now === made;
  return { isSame, isWhole: isSame && text.startsWith('none within\n') };
}

const HOUR = 3_600_000;
/** Milliseconds. What a run has read of the copy is likely to be in memory for so long. */
const YOUNG = 6 * HOUR;

/**
 * Compares with the copy itself, where that is what the last snapshot was made of. Of a snapshot that has just been made nothing is in
 * memory, and of the copy all that the last run has read. Not after a longer time: once a day reading a folder changes its access
 * time, and with that the copy, so that the next snapshot takes room for all folders.
 */
export function comparingCopy(job: Job, { isWhole }: CopyState): Job {
  const { params, commands, context } = job;
  const comparison = isWhole ? (listCommands(params)?.compare ?? null) : null;
  const age = context.now() - (parseSnapshotName(params.compareSnapshot ?? '') ?? 0);
  if (comparison === null || age < 0 || age > YOUNG) return job;
  return { ...job, commands: { ...commands, comparison } };
}

/**
 * Copies what the comparison lists, and deletes what it lists as gone once that was judged, without a second look at the whole tree.
 * Only where all goes as expected: whatever else is found is left to passes over everything.
 *
 * @returns what was done so far where something is not as the comparison has seen it
 */
export async function copyListed(
  job: Job,
  commands: ListCommands | null,
  comparison: Comparison,
): Promise<Copied | Placed> {
  const { listed, totals, differs, placed = NOT_PLACED } = comparison;
  if (commands === null || listed === undefined) return placed;
  if (commands.same !== null) return removeAndFill(job, commands, { ...comparison, listed });
  const { gone, other, folders, leaders } = listed;
  const files = [...other, ...leaders.values()];
  const parents = foldersAbove(files);
  // What has its new name is at its old one no more, and has left its folder before that is set.
  const isEmpty = placed.away === gone.size;
  const names = new Set([...files, ...parents, ...(isEmpty ? [...folders, ...foldersAbove(gone)] : [])]);
  // Where nothing is to be copied, the times of folders alone differ: they are set once, when all is gone that goes.
  const fills = differs && (isEmpty || files.length > 0);
  const first = fills ? await fillIn(job, commands.fill, names, bytesLeft(comparison)) : nothingIn(comparison);
  // What was not there has moved on, and may have its only copy at a place where it is to be deleted.
  if (first === null || first.pass.totals.entries < (fills ? names.size : 0)) return placed;
  const changes = { ...changesOf(first.pass.totals), entries: totals.entries };
  const guard = await guardSeeing(job, { ...totals, gone: gone.size }, { ...comparison, placed: NOT_PLACED });
  if (guard !== null) return (await goneAway(job)) ?? { outcome: 'refused', changes, findings: [guard] };
  if (isEmpty) return { outcome: 'copied', changes, findings: first.warnings };
  const sofar = (deleted: number): Placed => ({
    ...placed,
    away: placed.away + deleted,
    created: placed.created + changes.created,
    byName: { files: changes.files, bytes: changes.bytes, deleted },
  });
  const removed = await removeListed(job, commands, comparison, placed.away, parents);
  if ('outcome' in removed) return { ...removed, changes };
  const { deleted, isAll } = removed;
  return isAll ? { outcome: 'copied', changes: { ...changes, deleted }, findings: first.warnings } : sofar(deleted);
}

export interface Removed {
  deleted: number;
  /** Nothing is left, and all folders have their times again. */
  isAll: boolean;
}

/**
 * Removes what is gone by its names, where all else was copied and nothing can have moved since the look that has listed it.
 *
 * @param away so many of them are there no more
 * @param parents folders that have changed besides
 */
export async function removeListed(
  job: Job,
  commands: ListCommands | null,
  { listed, since }: Pick<Comparison, 'listed' | 'since'>,
  away: number,
  parents: ReadonlySet<string> = new Set(),
): Promise<Removed | Failure> {
  const nothing = { deleted: 0, isAll: false };
  // Without the question nobody knows whether what is gone has only moved on.
  if (commands?.still == null || listed === undefined || listed.unusable) return nothing;
  if (!(await isSettled(job, commands.still, listed, since))) return nothing;
  // The last thing before the deletion: what the source said is worth nothing once its drive is gone.
  const lost = await goneAway(job);
  if (lost !== null) return lost;
  const { gone, folders } = listed;
  const deleted = await remove(job, commands.remove, [...gone]);
  if (away + deleted < gone.size) return { deleted, isAll: false };
  // It has changed the times of folders.
  const above = [...folders, ...parents, ...foldersAbove(gone)].filter((name) => !gone.has(name));
  const last = await fillIn(job, commands.fill, new Set(above), 0);
  return { deleted, isAll: last !== null };
}

/**
 * Where the last snapshot has what goes, and the guard has judged it: it goes first, so that a single pass copies all names and sets the
 * times of all folders. What is in the way of something of another kind has made room by then.
 */
async function removeAndFill(
  job: Job,
  commands: ListCommands,
  comparison: Comparison & { listed: ListedNames },
): Promise<Copied | Placed> {
  const { totals, differs, placed = NOT_PLACED } = comparison;
  const { gone, other, folders, leaders } = comparison.listed;
  const files = [...other, ...leaders.values()];
  const above = [...folders, ...foldersAbove([...files, ...gone])].filter((name) => !gone.has(name));
  const names = new Set([...files, ...above]);
  const deleted = gone.size === 0 ? 0 : await remove(job, commands.remove, [...gone]);
  const sofar = { ...placed, away: placed.away + deleted, byName: { files: 0, bytes: 0, deleted } };
  if (sofar.away < gone.size) return sofar;
  const filled = differs ? await fillIn(job, commands.fill, names, bytesLeft(comparison)) : nothingIn(comparison);
  if (filled === null || (differs && filled.pass.totals.entries < names.size)) return sofar;
  const changes = { ...changesOf(filled.pass.totals), entries: totals.entries, deleted };
  return { outcome: 'copied', changes, findings: filled.warnings };
}

function nothingIn({ pass, totals }: Comparison): Accepted {
  const nothing = { ...totals, files: 0, bytes: 0, created: 0, deleted: 0 };
  return { ok: true, pass: { ...pass, totals: nothing }, sawAll: true, incomplete: false, warnings: [] };
}

/** Copies names and sets attributes. Null where that was not all that it should. */
async function fillIn(
  job: Job,
  argv: readonly string[],
  names: ReadonlySet<string>,
  total: number,
): Promise<Accepted | null> {
  const stdin = fillList(names);
  const filling = await runPass(fill(argv, job.values), job.context, {
    stdin,
    quiet: true,
    total: () => total,
    ...timeLeft(job),
  });
  if (filling.result.code !== 0) return null;
  const verdict = await judgePass(job, filling);
  return 'ok' in verdict ? verdict : null;
}

/** @returns how many were removed */
async function remove({ context, values }: Job, argv: readonly string[], names: readonly string[]): Promise<number> {
  const said: Buffer[] = [];
  await context.run(fill(argv, values), { stdin: [listOf(names)], onStdout: (chunk) => void said.push(chunk) });
  return namesIn(Buffer.concat(said)).length;
}

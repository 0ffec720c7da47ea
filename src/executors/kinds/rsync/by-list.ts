import { listCommands, type ListCommands } from '../../../planner/kinds/rsync/by-list.ts';
import { fill } from '../../../planner/model/step.ts';
import { fillList, listOf, namesIn } from '../../../hosts/rsync/listed-names.ts';
import { foldersAbove } from '../../../hosts/rsync/renames.ts';
import { runPass } from '../../../hosts/rsync/pass.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';
import { changesOf } from './changes.ts';
import type { Comparison } from './compare.ts';
import { goneAway, judgePass, timeLeft, type Copied, type Job } from './job.ts';
import { guardSeeing } from './guard-seeing.ts';
import { bytesLeft, NOT_PLACED, type Placed } from './moves.ts';
import { isSettled } from './settled.ts';

/**
 * The commands with which a copy can become what a comparison lists; null where that has not seen all, or was made with a
 * snapshot of which nobody knows that the copy still is what it was made of.
 */
export function usableLists(job: Job, { listed, verdict, sawAll }: Comparison, isSame: boolean): ListCommands | null {
  if (!isSame || listed === undefined || listed.unusable || !sawAll || !verdict.ok) return null;
  return listCommands(job.params);
}

const SHOWN = /^\s*(UUID|Parent UUID|Generation|Gen at creation):\s*(\S+)$/gm;

/**
 * Whether a copy is what the snapshot was made of that it is compared with, where it is not compared itself. Each commit in which
 * a subvolume changes gives it another generation, and so does the one that makes a snapshot of it.
 */
export async function isAsSnapshot({ params, context, values }: Job): Promise<boolean> {
  const argv = listCommands(params)?.same ?? null;
  if (argv === null) return true;
  const said: Buffer[] = [];
  const { code } = await context.run(fill(argv, values), { onStdout: (chunk) => void said.push(chunk) });
  const shown = Buffer.concat(said).toString('latin1').matchAll(SHOWN);
  const [uuid, , generation, , , parent, now, made] = [...shown].map(([, , value]) => value);
  return code === 0 && made !== undefined && uuid === parent && generation === made && now === made;
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
  const { listed, totals, differs, since, placed = NOT_PLACED } = comparison;
  if (commands === null || listed === undefined) return placed;
  const { gone, other, folders, leaders } = listed;
  const files = [...other, ...leaders.values()];
  const parents = foldersAbove(files);
  const names = new Set([...files, ...parents, ...(gone.size === 0 ? folders : [])]);
  const first = differs ? await fillIn(job, commands.fill, names, bytesLeft(comparison)) : nothingIn(comparison);
  // What was not there has moved on, and may have its only copy at a place where it is to be deleted.
  if (first === null || first.pass.totals.entries < names.size) return placed;
  const changes = { ...changesOf(first.pass.totals), entries: totals.entries };
  const guard = await guardSeeing(job, { ...totals, gone: gone.size }, { ...comparison, placed: NOT_PLACED });
  if (guard !== null) return (await goneAway(job)) ?? { outcome: 'refused', changes, findings: [guard] };
  if (gone.size === 0) return { outcome: 'copied', changes, findings: first.warnings };
  const sofar = (deleted: number): Placed => ({
    ...placed,
    away: placed.away + deleted,
    created: placed.created + changes.created,
    byName: { files: changes.files, bytes: changes.bytes, deleted },
  });
  if (commands.still !== null && !(await isSettled(job, commands.still, listed, since))) return sofar(0);
  // The last thing before the deletion: what the source said is worth nothing once its drive is gone.
  const away = await goneAway(job);
  if (away !== null) return { ...away, changes };
  const deleted = await remove(job, commands.remove, [...gone]);
  if (placed.away + deleted < gone.size) return sofar(deleted);
  // It has changed the times of folders.
  const above = [...folders, ...parents, ...foldersAbove(gone)].filter((name) => !gone.has(name));
  const last = await fillIn(job, commands.fill, new Set(above), 0);
  if (last === null) return sofar(deleted);
  return { outcome: 'copied', changes: { ...changes, deleted }, findings: first.warnings };
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

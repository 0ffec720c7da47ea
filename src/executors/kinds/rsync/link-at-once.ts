import { linkCommands, type LinkCommands } from '../../../planner/kinds/rsync/linking.ts';
import type { Changes } from '../../../planner/model/event.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { fill } from '../../../planner/model/step.ts';
import {
  LinkedTree,
  ListedNames,
  clearList,
  fillList,
  leadersAreKnown,
  treeWork,
  type TreeWork,
} from '../../../hosts/rsync/listed-names.ts';
import { runPass } from '../../../hosts/rsync/pass.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';
import type { Comparison } from './compare.ts';
import { comparisonOf } from './comparison.ts';
import { guardAgainst } from './guard.ts';
import { anewIn, changesOf, onlyVanished } from './changes.ts';
import { moveRenamed, type Moved } from './renames.ts';
import { around, goneAway, judgePass, timeLeft, unlink, type Copied, type Failure, type Job } from './job.ts';

/**
 * Makes the target of links to the last snapshot beside the comparison with that, links what was renamed to its new names, clears
 * from it what differs, and copies just that.
 *
 * After the linking, nothing here may write to a file that has a second link, or set an attribute of it, whatever the source
 * does meanwhile: older snapshots have the same file. So what differs is removed first, a copy that finds a name taken
 * leaves it alone, and only names of a list are copied.
 *
 * @returns the comparison where this cannot be done. The target is then as an interrupted transfer leaves one
 */
export async function copyByLinks(job: Job): Promise<Copied | Comparison | null> {
  const links = linkCommands(job.params);
  if (links === null) return job.compared?.comparison ?? comparisonOf(job);
  const { comparison: known, listed } = job.compared ?? { listed: new ListedNames() };
  const [comparison, tree] = await Promise.all([known ?? comparisonOf(job, listed), linkTree(job, links)]);
  if (tree !== null && 'outcome' in tree) return tree;
  if (comparison === null || 'outcome' in comparison) return comparison;
  const usable = tree !== null && isWhole(comparison) && !listed.unusable && leadersAreKnown(listed, tree);
  const copied = usable ? await copyWhatDiffers(job, links, { comparison, listed, tree }) : null;
  if (copied !== null && copied.outcome !== 'refused') return copied;
  if (copied !== null && (await isDiscarded(job, links))) return copied;
  return (await unlink(job)) ?? copied ?? comparison;
}

/** What vanished while it was compared is listed as gone, and it is. */
function isWhole({ verdict, sawAll }: Comparison): boolean {
  return sawAll || (verdict.ok && onlyVanished(verdict.pass));
}

/** After a refusal nothing is there but links of this run: the next one has nothing to go on with, and can link anew. */
async function isDiscarded({ context, values }: Job, { discard }: LinkCommands): Promise<boolean> {
  const { code } = await context.run(fill(discard, values));
  return code === 0;
}

/** @returns null when not all of it could be made */
async function linkTree(job: Job, links: LinkCommands): Promise<LinkedTree | Failure | null> {
  const unprepared = await around(job, job.commands.prepare, 'transfer-prepare-failed');
  if (unprepared !== null) return unprepared;
  const tree = new LinkedTree();
  const { code } = await job.context.run(fill(links.link, job.values), {
    onStdout: (chunk) => tree.read(chunk),
    ...timeOf(job),
  });
  if (code !== 0) return null;
  tree.foldersAreSet = await setFolders(job, links, tree);
  return tree;
}

/**
 * Beside the comparison, so that only what differs is left to be set. Not where clearing and copying then could not write in
 * some of them: the copy sets all of them at its end.
 */
async function setFolders(
  job: Job,
  { folders: command }: LinkCommands,
  { folders, isClosed, linked }: LinkedTree,
): Promise<boolean> {
  if (command === null || isClosed || linked === null) return false;
  const stdin = [fillList(new Set(folders))];
  const { code } = await job.context.run(fill(command, job.values), { stdin, ...timeOf(job) });
  return code === 0;
}

function timeOf(job: Job): { timeoutMs?: number } {
  const { timeoutMs = null } = timeLeft(job);
  return timeoutMs === null ? {} : { timeoutMs };
}

interface Linked {
  comparison: Comparison;
  listed: ListedNames;
  tree: LinkedTree;
}

async function copyWhatDiffers(
  job: Job,
  links: LinkCommands,
  { comparison, listed, tree }: Linked,
): Promise<Copied | null> {
  const { context, values, params } = job;
  const { totals } = comparison;
  const nothing = { ...changesOf(totals), files: 0, bytes: 0, created: 0, deleted: 0 };
  const moved = await moveRenamed(job, links.renames, listed);
  if (moved === null) return null;
  const guard = await guardAgainst(params, { ...totals, gone: listed.gone.size }, comparison, context, moved.entries);
  if (guard !== null) return (await goneAway(job)) ?? { outcome: 'refused', changes: nothing, findings: [guard] };
  const todo = treeWork(listed, tree, moved.names);
  if (isThere(comparison, todo, tree)) {
    const changes = { ...nothing, entries: totals.entries };
    return { outcome: 'copied', changes, findings: warningsOf(comparison), clean: true, written: 0 };
  }
  const names = todo.fill;
  const cleared = await context.run(fill(links.clear, values), { stdin: [clearList(listed, todo, moved.names)] });
  if (cleared.code !== 0) return null;
  const total = totals.bytes - (sumOf(moved).moved?.bytes ?? 0);
  const filling = await runPass(fill(links.fill, values), context, {
    stdin: fillList(names),
    total: () => total,
    ...timeLeft(job),
  });
  // A name of the list has become something else: the source is in use, and another look at it tells.
  if (filling.result.code === 23) return null;
  const verdict = await judgePass(job, filling);
  if (!('ok' in verdict)) return verdict;
  const entries = await context.query.countEntries(fill([params.target], values)[0] ?? '');
  if (entries === null || !isComplete(entries, names.size, comparison, verdict)) return null;
  const { files, bytes } = verdict.pass.totals;
  for (const copy of moved.copies) context.copied(copy);
  const changes = {
    ...nothing,
    files,
    bytes,
    created: totals.created,
    entries,
    ...sumOf(moved),
    ...anewIn(params.linkDest, comparison.attributes),
  };
  const findings = [...warningsOf(comparison), ...verdict.warnings];
  const written = listed.other.size - moved.names.size + tree.left.length;
  return { outcome: 'copied', changes, findings, clean: true, written };
}

/** Whether the links alone are what the comparison expects. */
function isThere({ differs, totals }: Comparison, { fill: missing }: TreeWork, tree: LinkedTree): boolean {
  return !differs && missing.size === 0 && tree.foldersAreSet && tree.entries === totals.entries;
}

function sumOf({ files, bytes }: Moved): Pick<Changes, 'moved'> {
  return files === 0 ? {} : { moved: { files, bytes } };
}

function warningsOf({ verdict }: Comparison): Finding[] {
  return verdict.ok ? verdict.warnings : [];
}

/**
 * Whether the target has the names that the comparison expects. The commands add no name that is not listed, and remove
 * none either, so that their number tells. What the source has lost meanwhile may be missing.
 *
 * @param entries of the target
 * @param listed how many names were to be copied
 */
function isComplete(entries: number, listed: number, { totals }: Comparison, { pass }: Accepted): boolean {
  const vanished = Math.max(0, listed - pass.totals.entries) + pass.complaints.vanished;
  return entries <= totals.entries && entries >= totals.entries - vanished;
}

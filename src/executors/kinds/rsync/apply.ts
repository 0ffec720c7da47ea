import { judgeCommands, writesInPlace, type TransferCommands } from '../../../planner/kinds/rsync/argv.ts';
import { listsChanges, runCommands } from '../../../planner/kinds/rsync/linking.ts';
import { transferParams, type TransferParams } from '../../../planner/kinds/rsync/params.ts';
import { fill, type Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { changedSince } from './change-check.ts';
import { sift } from './sift.ts';
import { judgeSinceWhole } from './since-whole.ts';
import { snapshotValue, unneeded } from './snapshot-value.ts';
import { exceedsMaxChange } from '../../../planner/model/max-change.ts';
import { anewIn, changesOf, onlyVanished, mergePasses } from './changes.ts';
import { namesCopiedApart, roomInPartial, roomToMake } from '../../../planner/model/findings/copying.ts';
import { copyByLinks } from './link-at-once.ts';
import type { Comparison } from './compare.ts';
import { comparisonOf } from './comparison.ts';
import { removeJudged, removeLooking } from './deleting.ts';
import { comparingCopy, copyListed, copyState, usableLists } from './by-list.ts';
import { countBeside } from './count-beside.ts';
import { guardSeeing } from './guard-seeing.ts';
import { giveNewNames, seeRenamed, withPlaced, type Placed } from './moves.ts';
import { postponed } from './postponed.ts';
import { lookAtTimes } from './undated.ts';
import { unlinkedRemarks } from './unlinked.ts';
import { ListedNames, MOST_TO_RENAME } from '../../../hosts/rsync/listed-names.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';
import {
  around,
  clearUp,
  goneAway,
  isBusy,
  passFailure,
  runJudged,
  unlink,
  type Busy,
  type Copied,
  type Failure,
  type Job,
} from './job.ts';

/**
 * Runs a transfer: is it needed, make the target ready, copy, clear up. Nothing is deleted before the guard has judged. Whoever had to
 * wait for the drive begins anew: what was seen before is as old as what another step has copied meanwhile.
 */
export async function applyTransfer(step: Step, context: StepContext): Promise<StepResult> {
  const result = await transfer(step, context);
  if (result.outcome !== 'busy') return result;
  await result.until;
  const gone = context.signal.aborted ? null : await goneAway({ step, context });
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  return gone ?? applyTransfer(step, context);
}

async function transfer(step: Step, watching: StepContext): Promise<StepResult | Busy> {
  const params = transferParams(step.params);
  const { context, undated } = lookAtTimes(params, watching);
  const commands = runCommands(params);
  const { changeCheck, prepare } = commands;
  const sifted = await siftFor(params, commands, context);
  if (!sifted.ok) return endedEarly({ outcome: 'failed', findings: sifted.findings }, context);
  const { sieve } = sifted;
  const changed = changeCheck === null || (await changedSince(fill(changeCheck, context.values), sieve, context));
  if (!changed) return unneeded(params);
  const snapshot = snapshotValue(params, step.host, context);
  const values = { ...context.values, ...snapshot.values };
  const deadline = params.timeout === null ? null : context.now() + params.timeout;
  const job: Job = { step, params, commands, sifted, context, values, deadline };
  const compared = await compareFirst(job);
  if (compared !== null && 'outcome' in compared) return endedEarly(compared, context);
  if (compared !== null && isAsBefore(compared.comparison)) return unneeded(params);
  const busy = params.scratch || params.whenChanged ? isBusy(job) : null;
  if (busy !== null) return busy;
  // Where the target begins as links it is made beside the comparison.
  const unprepared = params.linksAtOnce === true ? null : await around(job, prepare, 'transfer-prepare-failed');
  if (unprepared !== null) return unprepared;
  const copied = await copyWithRoom(compared === null ? job : { ...job, compared });
  if (copied.outcome === 'busy') return copied;
  if (copied.outcome !== 'copied') return endedEarly(copied, context);
  const { changes, findings } = copied;
  const unclean = copied.clean === true ? null : await clearUp(job);
  if (unclean !== null) return endedEarly({ ...unclean, changes }, context);
  const lost = copied.incomplete === true ? null : await judgeSinceWhole(job);
  if (lost !== null) return endedEarly({ ...lost, changes }, context);
  const gone = await goneAway(job);
  if (gone !== null) return endedEarly(gone, context);
  const unlinked = await unlinkedRemarks(params, copied, { values, query: context.query });
  const told = [...snapshot.findings, ...findings, ...unlinked, ...sifted.findings, ...undated()];
  const incomplete = copied.incomplete === true ? { incomplete: true as const } : {};
  return { outcome: 'done', changes, findings: told, values: snapshot.values, ...incomplete };
}

/** Where all that differs is listed anyway, the list says whether anything does. Null where a check has told. */
async function compareFirst(job: Job): Promise<NonNullable<Job['compared']> | Failure | null> {
  if (!listsChanges(job.params) || !job.params.whenChanged) return null;
  const listed = new ListedNames(job.params.linksAtOnce === true ? undefined : MOST_TO_RENAME);
  const comparison = await comparisonOf(job, listed);
  return comparison === null || 'outcome' in comparison ? comparison : { comparison, listed };
}

function isAsBefore({ differs, sawAll }: Comparison): boolean {
  return !differs && sawAll;
}

/** Asks the guard before anything is done: a dry run against the last snapshot tells what the new one would lack. */
export async function applyJudge(step: Step, context: StepContext): Promise<StepResult> {
  const params = transferParams(step.params);
  const { values } = context;
  const commands = judgeCommands(params);
  const sifted = await siftFor(params, commands, context);
  if (!sifted.ok) return endedEarly({ outcome: 'failed', findings: sifted.findings }, context);
  const job: Job = { step, params, commands, sifted, context, values, deadline: null };
  const seen = await comparisonOf(job);
  if (seen === null) throw new Error(`${step.id} compares nothing`);
  if ('outcome' in seen) return endedEarly(seen, context);
  const { pass, verdict, totals, names } = seen;
  if (!verdict.ok) return endedEarly(await passFailure(job, pass, verdict), context);
  const incomplete = verdict.incomplete ? { incomplete: true as const } : {};
  const gone = await goneAway(job);
  if (gone !== null) return endedEarly(gone, context);
  const guard = await guardSeeing(job, { ...totals, gone: names.count }, seen);
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  return guard === null ? { outcome: 'done', findings: [], ...incomplete } : { outcome: 'refused', findings: [guard] };
}

function siftFor(params: TransferParams, { listing, there, undated }: TransferCommands, context: StepContext) {
  const known = (argv: string[] | null): string[] | null => argv && fill(argv, context.values);
  return sift(params, { listing: known(listing), there: known(there), undated: known(undated) }, context);
}

/** The pieces of files that an earlier run has left can be what fills the drive, and the source may not have them any more. */
async function copyWithRoom(job: Job): Promise<Copied | Busy> {
  const { params, commands } = job;
  const { cleanUp } = commands;
  const copied = await copy(job);
  const full = copied.outcome === 'failed' && copied.findings.some(({ code }) => code === 'disk-full');
  if (!full) return copied;
  if (cleanUp.length === 0 || params.linksAtOnce === true) return withRoom(copied, job);
  const broken = (await around(job, cleanUp, 'transfer-clean-up-failed')) ?? (await unlink(job));
  const { compared: _, ...anew } = job;
  if (broken !== null) return broken;
  const again = await copy(anew);
  return again.outcome === 'busy' ? again : withRoom(again, job);
}

/** Who meets a full drive is told which snapshots could go, and what an earlier run has left. */
async function withRoom(copied: Copied, { params, context, values }: Job): Promise<Copied> {
  const full = copied.findings.some(({ code }) => code === 'disk-full');
  if (copied.outcome !== 'failed' || !full || !params.makesSnapshot) return copied;
  const room = `${roomToMake(await context.query.prunable())} The next run goes on where this one ended.`;
  const [partial = params.target] = fill([params.target], values);
  // It is cleared up where it was there before, and renames are looked for where there is a last snapshot to link them from.
  const copiesRenamed = params.scratch && params.cleanUp.length > 0 && params.renames === true;
  const help = copiesRenamed ? `${room} ${roomInPartial(partial)}` : room;
  const findings = copied.findings.map((finding) => (finding.code === 'disk-full' ? { ...finding, help } : finding));
  return { ...copied, findings };
}

/** After an interruption nothing that was asked or run had its proper answer. */
function endedEarly(failure: Failure, { signal }: StepContext): Failure {
  return signal.aborted ? { ...failure, outcome: 'interrupted', findings: [] } : failure;
}

/**
 * A look at what would be lost, a pass that deletes nothing, and where deletions are due and allowed one that makes just
 * those.
 */
async function copy(job: Job): Promise<Copied | Busy> {
  const state = await copyState(job);
  const found = await copyByLinks(comparingCopy(job, state));
  if (found !== null && 'outcome' in found) return found;
  const seen = found !== null && job.params.movesInPlace === true ? await withRenamed(job, found) : found;
  const decided = seen === null ? null : await withoutFirstPass(job, seen);
  const ended = decided ?? isBusy(job);
  if (ended !== null) return ended;
  if (seen === null) return throughPasses(job, null);
  const lists = usableLists(job, seen, state);
  const placed = await giveNewNames(job, seen);
  const copied = await copyListed(job, lists, { ...seen, placed });
  if (!('outcome' in copied)) return throughPasses(job, { ...seen, placed: copied });
  return withChanges(copied, placed);
}

async function throughPasses(job: Job, comparison: Comparison | null): Promise<Copied> {
  const counting = countBeside(job, comparison);
  const first = await runJudged(job, job.commands.firstPass, counting).finally(counting.end);
  const copied = await ('ok' in first ? afterPass(job, comparison, first) : copyApart(job, comparison, first));
  const { linkDest, copiesAll } = job.params;
  const anew = copiesAll === true && 'ok' in first ? first.pass.totals.others : comparison?.attributes;
  if (anew === undefined || copied.outcome !== 'copied') return withChanges(copied, comparison?.placed);
  return withChanges({ ...copied, changes: { ...copied.changes, ...anewIn(linkDest, anew) } }, comparison?.placed);
}

/** A file that has all names that it can have there gets no further one: what is left of its names gets files of its own. */
async function copyApart(job: Job, comparison: Comparison | null, failure: Failure): Promise<Copied> {
  const { apart } = job.commands;
  if (apart === null || !failure.findings.some(({ code }) => code === 'too-many-links')) return failure;
  const again = { ...job, commands: { ...job.commands, ...apart } };
  const broken = await unlink(again);
  if (broken !== null) return broken;
  const first = await runJudged(again, apart.firstPass);
  const copied = 'ok' in first ? await afterPass(again, comparison, first) : first;
  if (copied.outcome !== 'copied') return copied;
  const { sync, destination } = job.params;
  return { ...copied, findings: [{ ...namesCopiedApart({ destination }), sync }, ...copied.findings] };
}

function withChanges(copied: Copied, placed?: Placed): Copied {
  const { changes } = copied;
  return changes === undefined ? copied : { ...copied, changes: withPlaced(changes, placed) };
}

/** What could not be seen of the source is not gone. */
async function withRenamed(job: Job, comparison: Comparison): Promise<Comparison> {
  const renamed = comparison.sawAll ? await seeRenamed(job, job.params, comparison.listed) : null;
  return renamed === null ? comparison : { ...comparison, renamed };
}

async function afterPass(job: Job, comparison: Comparison | null, first: Accepted, repeats = true): Promise<Copied> {
  const copied = await afterReading(job, comparison, first, repeats);
  return copied.outcome === 'copied' && first.incomplete ? { ...copied, incomplete: true } : copied;
}

async function afterReading(
  job: Job,
  comparison: Comparison | null,
  first: Accepted,
  repeats: boolean,
): Promise<Copied> {
  const { commands } = job;
  const { pass, warnings, sawAll } = first;
  const changes = changesOf(pass.totals);
  // What goes into the only copy was judged before it did. What the source has lost since is for the next run.
  const wasJudged = writesInPlace(job.params) && pass.totals.entries > 0;
  const guard = wasJudged ? null : await guardSeeing(job, { ...pass.totals, gone: pass.pending }, comparison);
  // A source that went away looks like one that was emptied.
  const gone = sawAll && guard === null ? null : await goneAway(job);
  if (gone !== null) return gone;
  if (guard !== null) return { outcome: 'refused', changes, findings: [guard] };
  if (pass.pending === 0 || commands.secondPass === null) return { outcome: 'copied', changes, findings: warnings };
  if (repeats && onlyVanished(pass)) {
    const again = await runJudged(job, commands.firstPass);
    return 'ok' in again ? afterPass(job, comparison, mergePasses(first, again), false) : { ...again, changes };
  }
  if (!sawAll || comparison?.sawAll === false) return postponed(job, first, changes);
  if (comparison === null || commands.listGone !== null) return removeLooking(job, first, comparison);
  return (await goneAway(job)) ?? removeJudged(job, first, comparison);
}

/**
 * The first pass is not needed where nothing differs, and not allowed where it would fill a snapshot with what the guard does not
 * want, or goes into the only copy: with what is new there the same loss would be a smaller share in the next run. The `staging` of
 * btrfs is to stay what the last snapshot was made of.
 */
async function withoutFirstPass(job: Job, comparison: Comparison): Promise<Copied | null> {
  const { params } = job;
  const { totals, names, change, sawAll, differs, renamed, verdict } = comparison;
  const changes = { ...changesOf(totals), files: 0, bytes: 0, created: 0, deleted: 0 };
  const inPlace = writesInPlace(params);
  const isThere = inPlace && sawAll && !differs && !params.resumes;
  const unneeded: Copied | null = isThere ? { outcome: 'copied', changes, findings: [] } : null;
  const intoStaging = params.linkDest === null && verdict.ok;
  const judges = inPlace || intoStaging || renamed !== undefined || exceedsMaxChange(change, params.maxChange);
  if (!judges) return unneeded;
  const guard = await guardSeeing(job, { ...totals, gone: names.count }, comparison);
  if (guard === null) return unneeded;
  return (await goneAway(job)) ?? { outcome: 'refused', changes, findings: [guard] };
}

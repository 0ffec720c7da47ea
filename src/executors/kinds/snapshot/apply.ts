import { historyParams, pruneCommands, type PruneParams } from '../../../planner/kinds/prune/planning.ts';
import type { SnapshotParams } from '../../../planner/kinds/snapshot/common.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { parseSnapshotName } from '../../../planner/retention/names.ts';
import { snapshotPlaceholder, type Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { runCommands, type Broken } from '../command/run-commands.ts';

/** Runs the snapshot and prune steps of both built-in modes: they differ only in their commands. */
export async function applyHistory(step: Step, context: StepContext): Promise<StepResult> {
  const params = historyParams(step.params);
  return params.kind === 'snapshot' ? nameSnapshot(step, params, context) : prune(params, context);
}

async function nameSnapshot(step: Step, params: SnapshotParams, context: StepContext): Promise<StepResult> {
  const name = context.values[snapshotPlaceholder(params.sync)];
  if (name === undefined) throw new Error(`${step.id} runs before the transfer has chosen the snapshot's name`);
  // The transfer found nothing changed and named the snapshot that is there already.
  if (name === params.previous) return { outcome: 'unneeded', findings: [] };
  const broken = await runCommands(step.commands, context, 'snapshot-failed');
  return broken ?? { outcome: 'done', changes: { snapshot: name }, findings: [] };
}

async function prune(params: PruneParams, context: StepContext): Promise<StepResult> {
  if (clockBehind(params, context)) {
    const message = `The clock is behind the latest snapshot of ${params.sync}: nothing was pruned.`;
    return { outcome: 'unneeded', findings: [{ severity: 'warning', code: 'clock-behind-latest', message }] };
  }
  const pruned: string[] = [];
  const findings: Finding[] = [];
  for (const removal of params.remove) {
    const broken = await runCommands(pruneCommands({ ...params, remove: [removal] }), context, 'prune-failed');
    if (broken === null && !removal.leftover) pruned.push(removal.name);
    findings.push(...(broken?.findings ?? []).map(withWayOn));
    // One snapshot that cannot be removed is no reason to keep the others.
    if (broken !== null && !mayGoOn(broken)) return { outcome: broken.outcome, changes: { pruned }, findings };
  }
  return { outcome: findings.length > 0 ? 'failed' : 'done', changes: { pruned }, findings };
}

function mayGoOn({ outcome, findings }: Broken): boolean {
  return outcome === 'failed' && findings.every(({ code }) => code === 'prune-failed');
}

/** What the last line says that a program complained with: rm(1) and btrfs(8) end it with the text of errno(3). */
const WAYS_ON: readonly [string, string][] = [
  ['Operation not permitted', 'A file in it may be immutable: lsattr -R shows it (flag i), chattr -i frees it.'],
  ['Permission denied', 'It belongs to another user: run nbkp as that user.'],
  ['Device or resource busy', 'Something is mounted in it: findmnt shows it.'],
  ['Read-only file system', 'A file system that turned read-only is often damaged: check the drive.'],
];

function withWayOn(finding: Finding): Finding {
  const known = WAYS_ON.find(([end]) => finding.message.endsWith(end));
  return known === undefined || finding.help !== undefined
    ? finding
    : { ...finding, help: `${known[1]} The next run removes the rest.` };
}

function clockBehind({ sync, previous }: PruneParams, context: StepContext): boolean {
  const made = context.values[snapshotPlaceholder(sync)];
  if (made === undefined || previous === null || made === previous) return false;
  return (parseSnapshotName(made) ?? 0) <= (parseSnapshotName(previous) ?? 0);
}

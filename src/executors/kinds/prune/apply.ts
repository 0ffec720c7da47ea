import { pruneCommands, pruneParams, type PruneParams } from '../../../planner/kinds/prune/planning.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { snapshotPlaceholder, type Step } from '../../../planner/model/step.ts';
import { parseSnapshotName } from '../../../planner/retention/names.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { runCommands, type Broken } from '../command/run-commands.ts';

/** Removes snapshots, one after the other, unless the clock shows that their order cannot be trusted. */
export async function applyPrune(step: Step, context: StepContext): Promise<StepResult> {
  const params = pruneParams(step);
  if (params === null) throw new Error(`the params of ${step.id} are not those of a prune step`);
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

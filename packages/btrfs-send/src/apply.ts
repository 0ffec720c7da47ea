import {
  fill,
  runCommands,
  snapshotPlaceholder,
  type Finding,
  type Step,
  type StepContext,
  type StepResult,
} from 'nbkp/executor';
import { replicaCommands } from './commands.ts';
import { replicaParams, type ReplicaParams } from './params.ts';

/** Sends a snapshot, or makes of what was sent the latest one. */
export async function applyReplica(step: Step, context: StepContext): Promise<StepResult> {
  const params = replicaParams(step.params);
  const [name = ''] = fill([params.name], context.values);
  const known = { [snapshotPlaceholder(params.sync)]: name };
  if (await isThere(params, name, context)) return { outcome: 'unneeded', findings: [], values: known };
  const { remove, work } = replicaCommands(params);
  for (const argv of remove) {
    if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
    await context.run(fill(argv, context.values));
  }
  const broken = await runCommands(work, context, 'btrfs-send-failed');
  if (broken !== null) return { ...broken, findings: broken.findings.map(inWords) };
  return {
    outcome: 'done',
    findings: [],
    values: known,
    ...(params.kind === 'snapshot' ? { changes: { snapshot: name } } : {}),
  };
}

/** The sync before may have found that nothing has changed, so that the snapshot is one that has been sent. */
async function isThere({ destination }: ReplicaParams, name: string, { query }: StepContext): Promise<boolean> {
  const { latest } = (await query.observe()).endpoints[destination] ?? { latest: { kind: 'absent' } };
  return latest.kind === 'snapshot' && latest.name === name;
}

/** A pipe of a hundred words says nothing to a person; its last line of complaint does. */
function inWords(finding: Finding): Finding {
  if (finding.code !== 'btrfs-send-failed' || !finding.message.startsWith('sh -c ')) return finding;
  const [, said = 'nothing was said about it'] = /exit code \d+: (.*)$/s.exec(finding.message) ?? [];
  return {
    ...finding,
    message: `btrfs send and receive failed: ${said}`,
    help: 'The next run begins this snapshot anew.',
  };
}

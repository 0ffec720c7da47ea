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
import { isPlaceholder, replicaParams, type ReplicaParams } from './params.ts';

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
  const broken = await runCommands(work, limited(context, params), 'btrfs-send-failed');
  if (broken !== null) return { ...broken, findings: broken.findings.map(inWords) };
  return {
    outcome: 'done',
    findings: [],
    values: known,
    ...(params.kind === 'snapshot' ? { changes: { snapshot: name } } : {}),
  };
}

/**
 * The sync before may have found that nothing has changed, so that the snapshot is one that has been sent. Where the plan
 * knew both its name and what is there, it would not have planned the step.
 */
async function isThere(params: ReplicaParams, name: string, { query }: StepContext): Promise<boolean> {
  const { destination, parent } = params;
  if (params.name === name && !isPlaceholder(parent)) return false;
  const { latest } = (await query.observe()).endpoints[destination] ?? { latest: { kind: 'absent' } };
  return latest.kind === 'snapshot' && latest.name === name;
}

/** Only sending takes long enough for `timeout`, but nobody is surprised when it counts for each command. */
function limited(context: StepContext, { timeout }: ReplicaParams): Parameters<typeof runCommands>[1] {
  const { signal, values } = context;
  const limit = timeout === null ? {} : { timeoutMs: timeout };
  return { signal, values, run: (argv) => context.run(argv, limit) };
}

/** A pipe of a hundred words says nothing to a person; its last line of complaint does. */
function inWords(finding: Finding): Finding {
  if (finding.code !== 'btrfs-send-failed') return finding;
  if (finding.message.startsWith('rmdir ')) {
    return { ...finding, help: 'What is in it was not put there by btrfs-send. Look at it, and move it away.' };
  }
  if (!finding.message.startsWith('sh -c ')) return finding;
  const [, said = 'nothing was said about it'] = /exit code \d+: (.*)$/s.exec(finding.message) ?? [];
  return {
    ...finding,
    message: finding.message.endsWith('took too long and was ended')
      ? 'btrfs send and receive took longer than the timeout of the sync and were ended.'
      : `btrfs send and receive failed: ${said}`,
    help: 'The next run begins this snapshot anew.',
  };
}

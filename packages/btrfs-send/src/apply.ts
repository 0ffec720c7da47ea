import {
  commandFailed,
  fill,
  goneMeanwhile,
  runCommands,
  snapshotPlaceholder,
  type Finding,
  type ProcessResult,
  type Step,
  type StepContext,
  type StepResult,
} from 'nbkp/executor';
import { replicaCommands } from './commands.ts';
import { isPlaceholder, replicaParams, type ReplicaParams } from './params.ts';

type Broken = Extract<StepResult, { outcome: 'failed' | 'refused' | 'interrupted' }>;

const FAILED = 'btrfs-send-failed';
const INTERRUPTED: Broken = { outcome: 'interrupted', findings: [] };
const AGAIN = 'The next run deletes what has arrived and sends all of it again.';
const NOT_OURS = 'What is in it was not put there by btrfs-send. Look at it, and move it away.';
/** What btrfs-receive(8) ends with in the words of strerror(3). */
const FULL = /: (?:No space left on device|Disk quota exceeded)$/;

/** Sends a snapshot, or makes of what was sent the latest one. */
export async function applyReplica(step: Step, context: StepContext): Promise<StepResult> {
  const params = replicaParams(step.params);
  const [name = ''] = fill([params.name], context.values);
  const known = { [snapshotPlaceholder(params.sync)]: name };
  if (await isThere(params, name, context)) return { outcome: 'unneeded', findings: [], values: known };
  const broken = await carriedOut(step, context, params);
  if (broken !== null) return broken;
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

/** Removes what earlier runs left, then does the work. @returns null when all succeeded */
async function carriedOut(step: Step, context: StepContext, params: ReplicaParams): Promise<Broken | null> {
  const { remove, clear, prepare, send, finish } = replicaCommands(params);
  for (const argv of remove) {
    if (context.signal.aborted) return INTERRUPTED;
    await context.run(fill(argv, context.values));
  }
  const blocked = await runCommands(clear, context, FAILED);
  if (blocked !== null)
    return { ...blocked, findings: blocked.findings.map((finding) => ({ ...finding, help: NOT_OURS })) };
  return (
    (await runCommands(prepare, context, FAILED)) ??
    (send === null ? null : await sent(step, context, { send, timeout: params.timeout })) ??
    (await runCommands(finish, context, FAILED))
  );
}

async function sent(
  step: Step,
  context: StepContext,
  { send, timeout }: { send: string[]; timeout: number | null },
): Promise<Broken | null> {
  const interrupted = (): boolean => context.signal.aborted;
  if (interrupted()) return INTERRUPTED;
  const result = await context.run(fill(send, context.values), timeout === null ? {} : { timeoutMs: timeout });
  if (result.code === 0) return null;
  if (interrupted()) return INTERRUPTED;
  return { outcome: 'failed', findings: [...(await goneMeanwhile(step, context)), failureOf(result)] };
}

/** In the words that nbkp has for a transfer of rsync, where the reason is the same. */
function failureOf(result: ProcessResult): Finding {
  const failure = commandFailed(['btrfs', 'send', '|', 'btrfs', 'receive'], result, FAILED);
  if (result.timedOut) {
    return { ...failure, code: 'transfer-timed-out', help: `${AGAIN} timeout of the sync sets the limit.` };
  }
  if (result.stderr.some((line) => FULL.test(line))) {
    const help = `Make room there: nbkp snapshots prune removes what retention no longer keeps. ${AGAIN}`;
    return { ...failure, code: 'disk-full', help };
  }
  return { help: AGAIN, ...failure };
}

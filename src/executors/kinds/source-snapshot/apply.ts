import { mountsRead } from '../../../planner/kinds/source-snapshot/common.ts';
import { removeVolume } from '../../../planner/kinds/source-snapshot/lvm-commands.ts';
import type { Whole } from '../../../planner/kinds/source-snapshot/commands.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import {
  sourceSnapshotFailed,
  sourceSnapshotFull,
  sourceSnapshotLeft,
  sourceSnapshotMounts,
} from '../../../planner/model/findings/source-snapshots.ts';
import { fill, type Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { commandFailed } from '../command/run-commands.ts';
import { checkOf, nameOf, stateOf } from './check.ts';
import { isVolume, subvolumeParams, volumeParams } from './params.ts';
import type { ProcessResult } from '../../../hosts/transport/transport.ts';

/** Makes the snapshot from which the transfer reads. Whatever of it is there when it fails is removed by its release. */
export async function applySourceSnapshot(step: Step, context: StepContext): Promise<StepResult> {
  const mounted = await mountedMeanwhile(step, context);
  if (mounted !== null)
    return context.signal.aborted
      ? { outcome: 'interrupted', findings: [] }
      : { outcome: 'failed', findings: [mounted] };
  const broken = await firstFailure(step, context);
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [], left: true };
  if (broken === null) return { outcome: 'done', findings: [] };
  const { source } = aboutOf(step);
  return { outcome: 'failed', findings: [sourceSnapshotFailed({ source, why: why(broken) })], left: true };
}

/** A command of the sync may have mounted something since the plan was made, whose copy the transfer would delete. */
async function mountedMeanwhile(step: Step, { query }: StepContext): Promise<Finding | null> {
  const { whole } = aboutOf(step);
  if (whole === null) return null;
  const { endpoint, filters } = whole;
  const source = (await query.observe()).endpoints[endpoint];
  const directory = source?.directory ?? null;
  // Without its own mount the answer tells nothing of those in it.
  if (source === undefined || directory === null || directory.mount === null)
    return sourceSnapshotFailed({ source: endpoint, why: 'it is not known what is mounted in it' });
  const targets = mountsRead(filters, { ...source, directory }).map(({ mount }) => mount.target);
  return targets.length === 0 ? null : sourceSnapshotMounts({ source: endpoint, targets });
}

/** Where a transfer has failed that read what was full, that is why. */
export async function applyVolumeRelease(step: Step, context: StepContext): Promise<StepResult> {
  const params = volumeParams(step);
  const isTold = context.soFar().steps.some(({ id, outcome }) => id === checkOf(step) && outcome !== 'not-run');
  const state = isTold ? null : await stateOf(params, context);
  const released = await applySourceRelease({ ...step, commands: [removeVolume(params)] }, context);
  const full = state === 'full' ? [sourceSnapshotFull({ volume: nameOf(params) })] : [];
  return { ...released, findings: [...full, ...released.findings] };
}

export async function applySourceRelease(step: Step, context: StepContext): Promise<StepResult> {
  const broken = await firstFailure(step, context);
  if (broken === null) return { outcome: 'done', findings: [] };
  const { snapshot } = aboutOf(step);
  return { outcome: 'failed', findings: [sourceSnapshotLeft({ path: snapshot, why: why(broken) })] };
}

interface Failed {
  argv: readonly string[];
  result: ProcessResult;
}

async function firstFailure({ commands }: Step, context: StepContext): Promise<Failed | null> {
  for (const command of commands) {
    const argv = fill(command, context.values);
    const result = await context.run(argv);
    if (result.code !== 0) return { argv, result };
  }
  return null;
}

/** What a snapshot is made of, what it is called, and in what nothing may be mounted meanwhile. */
function aboutOf(step: Step): { source: string; snapshot: string; whole: Whole | null } {
  if (isVolume(step)) {
    const params = volumeParams(step);
    return { source: nameOf(params), snapshot: `${params.group}/${params.snapshot}`, whole: params.whole };
  }
  const { folder, name, subvolume, whole } = subvolumeParams(step);
  return { source: subvolume, snapshot: `${folder}/${name}`, whole };
}

/** What the program complained of; how it ended where it said nothing. */
function why({ argv, result }: Failed): string {
  const said = result.stderr.at(-1)?.replace(/^ERROR: /, '');
  return said ?? commandFailed(argv.slice(0, 1), result, 'snapshot-failed').message;
}

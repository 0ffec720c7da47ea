import type { VolumeFacts } from '../../../planner/model/facts.ts';
import { fill, mountPlaceholder, type Step } from '../../../planner/model/step.ts';
import { udisksParams, type UdisksParams } from '../../../planner/kinds/drive/planning.ts';
import type { Executor, StepContext, StepResult } from '../../contract.ts';
import type { DriveKey } from '../../../store/drive-notes.ts';
import type { ProcessResult } from '../../../hosts/transport/transport.ts';
import { driveNotTouched } from '../../../planner/model/findings/drives.ts';
import { complaint } from './complaints.ts';

/** A step that opens or closes a drive, with what it needs. */
export interface DriveStep {
  step: Step;
  params: UdisksParams;
  key: DriveKey;
  context: StepContext;
}

/**
 * Runs an action that opens or closes a drive, while no other run does so. What was open before is left as it is, so that
 * a later release leaves it too; what another run has opened is noted as used by this one as well, and the last of them
 * closes it.
 */
export function withDriveAlone(action: (drive: DriveStep) => Promise<StepResult>): Executor['apply'] {
  return async (step, context) => {
    const params = udisksParams(step.params);
    const drive = { step, params, key: { host: step.host, uuid: params.uuid }, context };
    const done = await context.drives.alone(drive.key, context.signal, () => action(drive));
    if (done.ok) return done.value;
    if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
    const { volume } = params;
    return { outcome: 'failed', findings: [{ ...driveNotTouched(volume, done.message), volume }] };
  };
}

export type Failure = Exclude<StepResult, { outcome: 'done' | 'unneeded' }>;

/** A key derivation may take its time, a hung bus may not. */
const TIMEOUT_MS = 120_000;

/**
 * A flush that fails, as of a drive that was pulled, must not keep it from being closed: the others run all the same. Where
 * nobody has seen the place of a mount nothing was written, and nothing is flushed.
 */
export async function runEach({ step, params, context }: DriveStep, secret?: string): Promise<ProcessResult[]> {
  const results: ProcessResult[] = [];
  const place = mountPlaceholder(params.volume);
  for (const command of step.commands) {
    const argv = fill(command, context.values);
    if (argv.includes(place)) continue;
    const options = { timeoutMs: TIMEOUT_MS, ...(secret === undefined ? {} : { stdin: [{ secret }] }) };
    const result = await context.run(argv, options);
    results.push(result);
    if (result.error !== null) break;
  }
  return results;
}

export function lastOf(results: readonly ProcessResult[]): ProcessResult {
  const last = results.at(-1);
  if (last === undefined) throw new Error('a step that opens or closes a drive runs a command');
  return last;
}

export async function driveFailure({ params, context }: DriveStep, result: ProcessResult): Promise<Failure> {
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  const observed = (await context.query.observe()).volumes[params.volume];
  const gone = observed?.drive?.devices.length === 0;
  const finding = { ...complaint(params.kind, params.volume, result, gone), volume: params.volume };
  return { outcome: 'failed', findings: [finding] };
}

/** Nearly 16 s in all. */
const PAUSES_MS = [250, 500, 1000, 2000, 4000, 8000];

/**
 * What a command has opened; null when nothing is seen of it. After one that ended well it is looked for again and again:
 * devices and mounts are told by what udev knows of them, and that comes later than the command's end (udevadm(8), settle).
 */
export async function awaitOpened<T>(
  drive: DriveStep,
  { code }: ProcessResult,
  seenIn: (facts: VolumeFacts) => T | null,
): Promise<T | null> {
  for (const pause of code === 0 ? PAUSES_MS : []) {
    const found = seenIn(await observeDrive(drive));
    if (found !== null || drive.context.signal.aborted) return found;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return seenIn(await observeDrive(drive));
}

/** It says of a drive that it is open, and it is not seen so: it is closed again all the same. */
export async function notSeenOpen(drive: DriveStep, result: ProcessResult): Promise<StepResult> {
  return { ...(await driveFailure(drive, result)), left: true };
}

export async function observeDrive({ params, context }: DriveStep): Promise<VolumeFacts> {
  const observed = (await context.query.observe()).volumes[params.volume];
  if (observed === undefined) throw new Error(`nobody looked at ${params.volume}`);
  return observed;
}

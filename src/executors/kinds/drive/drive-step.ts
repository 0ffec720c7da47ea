import { fill, type Step } from '../../../planner/model/step.ts';
import type { UdisksParams } from '../../../planner/kinds/drive/planning.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import type { DriveKey } from '../../../store/drive-notes.ts';
import type { ProcessResult } from '../../../hosts/transport/transport.ts';
import { complaint } from './complaints.ts';

/** A step that opens or closes a drive, with what it needs. */
export interface DriveStep {
  step: Step;
  params: UdisksParams;
  key: DriveKey;
  context: StepContext;
}

export type Failure = Exclude<StepResult, { outcome: 'done' | 'unneeded' }>;

/** A key derivation may take its time, a hung bus may not. */
const TIMEOUT_MS = 120_000;

/** A flush that fails, as of a drive that was pulled, must not keep it from being closed: the others run all the same. */
export async function runEach({ step, context }: DriveStep, secret?: string): Promise<ProcessResult[]> {
  const results: ProcessResult[] = [];
  for (const argv of step.commands) {
    const options = { timeoutMs: TIMEOUT_MS, ...(secret === undefined ? {} : { stdin: [{ secret }] }) };
    const result = await context.run(fill(argv, context.values), options);
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

export async function failed({ params, context }: DriveStep, result: ProcessResult): Promise<Failure> {
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  const observed = (await context.query.observe()).volumes[params.volume];
  const gone = observed?.drive?.devices.length === 0;
  const finding = { ...complaint(params.kind, params.volume, result, gone), volume: params.volume };
  return { outcome: 'failed', findings: [finding] };
}

import { existsSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { LockHolder } from '../../src/planner/model/event.ts';
import type { LockRequest, Step } from '../../src/planner/model/step.ts';
import type { StepContext, StepResult } from '../../src/executors/contract.ts';
import { localTransport } from '../../src/hosts/transport/local.ts';
import { done, failed } from '../unit/executors/run/rig.ts';

/** Applies a step that is nothing but its processes. */
export async function runAll(own: Step, context: StepContext): Promise<StepResult> {
  for (const argv of own.commands) {
    const { code } = await context.run(argv);
    if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
    if (code !== 0) return failed('command-failed');
  }
  return done;
}

/** Another run. */
export const them: LockHolder = {
  pid: 4711,
  host: 'hub',
  startedAt: '2026-03-10T11:00:00.000Z',
  command: 'nbkp apply',
  run: 'R',
};

/** Takes a lock as another run would; the function that it returns gives it back. */
export async function heldByThem(path: string, mode: LockRequest['mode'] = 'exclusive'): Promise<() => Promise<void>> {
  const result = await localTransport().lock({ path, mode }, them);
  if (result.state !== 'held') throw new Error(`it is ${result.state}`);
  return () => result.lock.release();
}

export async function isFree(path: string): Promise<boolean> {
  const result = await localTransport().lock({ path, mode: 'exclusive' }, them);
  if (result.state === 'held') await result.lock.release();
  return result.state === 'held';
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setImmediate();
}

/** Neither gone nor only waiting to be collected. */
export function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

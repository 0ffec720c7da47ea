import type { RunEvent, TransferProgress } from '../../../../src/planner/model/event.ts';
import { NOW } from '../../../../src/reporters/samples/parts.ts';

type Part<E = RunEvent> = E extends RunEvent ? Omit<E, 'at' | 'run'> : never;

/** An event so many seconds after `NOW`. */
export function event(seconds: number, part: Part): RunEvent {
  return { at: new Date(Date.parse(NOW) + seconds * 1000).toISOString(), run: 'r1', ...part };
}

export function progress(percent: number): TransferProgress {
  return { percent, bytes: percent * 1_048_576, rate: 1_048_576, remainingMs: 61_400, files: percent, toCheck: null };
}

export function done(step: string, part: Partial<Extract<RunEvent, { type: 'step-finished' }>> = {}): Part {
  return { type: 'step-finished', step, outcome: 'done', durationMs: 1500, findings: [], ...part };
}

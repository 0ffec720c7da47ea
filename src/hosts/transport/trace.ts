import type { TracedCommand } from '../../planner/model/traced-command.ts';
import type { ProcessResult } from './transport.ts';

type Sink = (command: TracedCommand) => void;

let sink: Sink | null = null;

/** From now on hands each process that has ended to `onCommand`, wherever it ran; to nobody with null. */
export function traceCommands(onCommand: Sink | null): void {
  sink = onCommand;
}

/** What tells of the end of a process; null while nobody wants to know. */
export function tracing(): Sink | null {
  return sink;
}

/** What a trace says that a process is. Null: who runs it tells. */
export type Traced = Pick<TracedCommand, 'host' | 'argv'> | null;

interface TracedEnd extends Pick<TracedCommand, 'at' | 'bytes'> {
  /** Of its start, in milliseconds. */
  since: number;
  result: Pick<ProcessResult, 'code' | 'signal' | 'error' | 'timedOut'>;
}

/** Tells a trace how a process ended. */
export function traceEnd(traced: Traced, { since, result, ...said }: TracedEnd): void {
  if (traced === null) return;
  tracing()?.({
    ...traced,
    ...said,
    end: result.error ?? (result.timedOut ? 'timed out' : (result.code ?? result.signal ?? 'abandoned')),
    milliseconds: Math.round(performance.now() - since),
  });
}

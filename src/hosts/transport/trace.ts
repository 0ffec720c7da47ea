import type { TracedCommand } from '../../planner/model/traced-command.ts';

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

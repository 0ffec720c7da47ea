import type { RunEvent } from '../../planner/model/event.ts';

/** What is shown of a transfer while it runs: how far it is, its files, or both. */
export type Progress = 'overall' | 'files' | 'full';

/** Shows a run while it happens. */
export interface RunReporter {
  /** Takes the next event. Returns at once. */
  event(event: RunEvent): void;
  /** A sync has copied a file, named as a person reads it. Returns at once. */
  file(sync: string, path: string): void;
  /** Takes how many bytes a step will copy that has not begun. Absent where that is not shown. */
  counted?(step: string, bytes: number): void;
  /** To be called when no event follows: draws what is left and gives the terminal back. */
  close(): Promise<void>;
}

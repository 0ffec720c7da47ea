import type { RunEvent } from '../../planner/model/event.ts';

/** Shows a run while it happens. */
export interface RunReporter {
  /** Takes the next event. Returns at once. */
  event(event: RunEvent): void;
  /** To be called when no event follows: draws what is left and gives the terminal back. */
  close(): Promise<void>;
}

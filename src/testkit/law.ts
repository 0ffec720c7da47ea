import type { LawText } from './failure.ts';
import type { Rehearsal } from './rehearsal.ts';

/** What every executor has to keep, whatever it does. docs/testing-an-executor.md lists them. */
export interface Law extends LawText {
  /** Fails with `LawBroken`. */
  hold(rehearsal: Rehearsal): Promise<void>;
}

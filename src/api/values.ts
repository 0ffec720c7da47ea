import type { Readable } from 'node:stream';
import type { ListedEntry } from '../planner/model/browsing.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Plan } from '../planner/model/plan.ts';

/** A spec or a plan: the path of a file, `REVISION:PATH` of a git repository, the text of a spec, or a plan. */
export type SpecOrPlan = string | { text: string } | Plan;

export interface DiffOptions {
  /** What was. */
  from: SpecOrPlan;
  /** What is. Default: the spec that is open. */
  to?: SpecOrPlan;
  /** Plan both from these. Default: none, as if everything were there. */
  facts?: Facts;
  /** Read filter files outside of the folder of a spec, too. */
  outsideFiles?: boolean;
}

/** A file in a snapshot. */
export interface FileInSnapshot {
  /** Null for a sync without snapshots. */
  snapshot: string | null;
  /** Its size, mode, owner and time. */
  file: ListedEntry;
  /** What is in it, read no faster than it is taken. It fails when not all could be read. `destroy` it to take no more. */
  content: Readable;
}

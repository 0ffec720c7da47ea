import type { Readable } from 'node:stream';
import type { ListedEntry } from '../planner/model/browsing.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Overwrite, Plan } from '../planner/model/plan.ts';

/** Which syncs something is about: all without any. */
export interface Selection {
  /** Names of syncs, or `VOLUME:` for all that touch a volume. */
  only?: readonly string[];
  exclude?: readonly string[];
}

export interface ObserveOptions {
  /** Names of syncs. Default: all. */
  syncs?: readonly string[];
}

export interface PlanOptions extends Selection {
  /** Plan from these, and observe nothing. Such a plan cannot be applied. */
  facts?: Facts;
  /** Preview each file: a dry run of every transfer. */
  files?: boolean;
  /** `prune` for a plan that only prunes. Default: `backup`. */
  purpose?: 'backup' | 'prune';
  /** Plan as if the guards let pass. `apply` has to be told so, too. */
  allowDestructive?: boolean;
}

export interface PrepareOptions {
  /** Names of volumes. Default: all that syncs use. */
  volumes?: readonly string[];
  /** Mark an empty folder where another file system was, too. */
  here?: boolean;
  /** Make a destination of another source one of this. */
  takeOver?: boolean;
  /** Syncs whose copies keep all that both ends can hold, from the next run on. */
  upgradeOptions?: readonly string[];
}

export interface RestoreOptions {
  sync: string;
  /** `latest`, `-2`, `yesterday`, a day, or the beginning of a name. Default: the latest. */
  snapshot?: string;
  /** In the snapshot, or full paths in the source. Default: all. */
  paths?: readonly string[];
  /** An absolute path. */
  to: string;
  /** Which entries that are there and differ give way. Default: `never`. */
  overwrite?: Overwrite;
  /** Entries of another kind give way too. `apply` has to be told so as well. */
  allowDestructive?: boolean;
}

export interface HistoryOptions {
  /** So many runs. Default: all. */
  limit?: number;
  since?: Date;
  /** Only those that did not go well. */
  failed?: boolean;
  /** Names of syncs. */
  only?: readonly string[];
}

export interface SimulateOptions extends Selection {
  /** So many days after today. Default: 365. */
  days?: number;
  /** Rules in place of those of the spec: `last=3,daily=7`, or `all`. */
  keep?: string;
}

export interface ListOptions {
  sync: string;
  /** As for `restore`. Default: the latest. */
  snapshot?: string | null;
  /** A folder in the snapshot, or its full path in the source. Default: all. */
  path?: string;
}

export interface ReadOptions {
  sync: string;
  /** As for `restore`. Default: the latest. */
  snapshot?: string;
  /** In the snapshot, or the full path in the source. */
  path: string;
  /** When it aborts, so does the stream. */
  signal?: AbortSignal;
}

export interface CompareOptions {
  sync: string;
  /** The older snapshot, as for `restore`. Default: the one before the latest. */
  from?: string;
  /** The newer one. Default: the latest. */
  to?: string;
  /** Of which sync `to` is a snapshot. Default: `sync`. */
  toSync?: string;
  /** So many entries are named, the largest. Default: 100. */
  limit?: number;
}

export interface FindOptions extends Selection {
  /** A name, or a glob of one; with a slash a path. */
  pattern: string;
  ignoresCase?: boolean;
  since?: Date;
  /** Bytes. */
  larger?: number;
  signal?: AbortSignal;
}

export interface VerifyOptions extends Selection {
  /** Percent of the files. Default: 100. */
  sample?: number;
  /** Begin anew what an interruption left. */
  restart?: boolean;
  signal?: AbortSignal;
}

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

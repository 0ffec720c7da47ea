import type { Limits } from '../../file-systems/names.ts';
import type { SyncHistory } from '../../model/facts.ts';
import type { Json } from '../../model/json.ts';
import { areParams } from '../../params/valid.ts';

/** What a transfer step was asked to do: all that its argv, its guard and its verdict are made from. */
export interface TransferParams {
  sync: string;
  /** Endpoint key of the destination, under which the facts hold its history. */
  destination: string;
  /** Absolute. May hold the placeholder of another sync's snapshot. */
  source: string;
  /** What a preview reads, where `source` is there only during the run. */
  live?: string;
  /** Absolute. May hold the placeholder of this sync's snapshot. */
  target: string;
  /** Which of the two is on a server, when the other one is here, and by which volume it is reached. */
  remote: { side: 'source' | 'target'; volume: string } | null;
  /** On that server rsync runs as root. */
  sudo?: true;
  linkDest: string | null;
  /** No hard link leads to `linkDest`: what is unchanged is copied from there. Absent where it is linked. */
  copiesAll?: true;
  /** The whole of `linkDest` is linked at once, and then only what differs is copied. Absent where that is not possible. */
  linksAtOnce?: true;
  /** What is new is compared with what is gone. Absent where the spec does not want it, or that is not possible. */
  renames?: true;
  /** With that, what is the same gets its new name in the target. Absent where that is not possible. */
  movesInPlace?: true;
  /** What differs is copied and deleted by its names. Absent where rsync looks at everything once more. */
  byList?: true;
  /** With that, the times of its folders tell whether anything was moved in the source meanwhile. Absent where nobody can rely on them. */
  datesMoves?: true;
  compareWith: string | null;
  compareSnapshot: string | null;
  /** A copy of all of the source is compared with it as well, before it gets a name. Absent when `compareWith` is enough. */
  lastWhole?: string;
  prepare: string[][];
  cleanUp: string[][];
  /** The target is this run's alone: one pass, which may delete there what it likes. */
  scratch: boolean;
  /** Partial files of an interrupted run may be there. */
  resumes: boolean;
  /** rsync was told to delete what the source no longer has. */
  deletes: boolean;
  makesSnapshot: boolean;
  /** Nothing is transferred when a dry run against `compareWith` finds nothing to do. */
  whenChanged: boolean;
  /** The user's flags or the default ones, without those that `rsync.delete = false` takes away. */
  options: string[];
  /** Further flags; they follow `options`. */
  extraOptions: string[];
  /** Rules as `--filter` takes them, without our own. */
  filters: string[];
  /** rsync exit codes that count as success with a warning. */
  tolerate: number[];
  /** Milliseconds for the whole step. */
  timeout: number | null;
  maxDelete: { percent: number; files: number | null };
  /** Percent; absent for no limit. */
  maxChange?: number;
  /** Only judges what the transfer would lose, before anything is done for it. */
  judges?: true;
  /** What the destination cannot hold of single entries, and whether these are an error. Absent where it holds all. */
  unholdable?: { outcome: 'fail' | 'skip'; title: string; limits: { [K in keyof Limits]: Limits[K] } };
  /** The times that it can hold, where that is all that it lacks: they are looked at when files are copied. */
  times?: { title: string; from: number; to: number };
}

/** Reads the params of a transfer step. Others are a bug: a plan file that was tampered with is refused by its digest. */
export function transferParams(params: Json): TransferParams {
  if (!isTransferParams(params)) throw new Error('the params are not those of an rsync transfer');
  return params;
}

function isTransferParams(params: unknown): params is TransferParams {
  return areParams('transfer', params);
}

/** Entries of the last snapshot, as the run that made it counted them; null where no record has them. */
export function entriesRecorded({ compareSnapshot }: TransferParams, history: SyncHistory | null): number | null {
  const last = history?.lastSuccess ?? null;
  return last?.snapshot === compareSnapshot ? last.entries : null;
}

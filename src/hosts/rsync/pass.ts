import type { TransferProgress } from '../../planner/model/event.ts';
import type { CopiedFile } from '../../planner/model/verification.ts';
import type { ProcessResult, RunOptions } from '../transport/transport.ts';
import { Complaints } from './complaints.ts';
import { parseCopied } from './copied-file.ts';
import { OutputLines } from './output-lines.ts';
import { withTotal, parseProgress } from './progress.ts';
import { TopDirectories } from './top-directories.ts';
import { TotalsReader, type Totals } from './totals.ts';

/** Who runs rsync and is told what it does meanwhile. */
export interface Watcher {
  /** A line of standard error for which `onStderrLine` says true is shown to nobody. */
  run(
    argv: readonly string[],
    output: Pick<RunOptions, 'onStdout' | 'timeoutMs'> & { onStderrLine: (line: string) => boolean; stdin?: Buffer[] },
  ): Promise<ProcessResult>;
  copied(file: CopiedFile): void;
  progress(progress: TransferProgress): void;
  /** Milliseconds. */
  now(): number;
}

/** What one run of rsync did and said. */
export interface Pass {
  result: ProcessResult;
  totals: Totals | null;
  /** What it said last of how far it was; null when it was done before it said anything. */
  reached: TransferProgress | null;
  complaints: Complaints;
  /** How many entries have to be deleted yet. */
  pending: number;
}

const NOT_EMPTY = 'cannot delete non-empty directory: ';
/** Between two reports of progress, in milliseconds: rsync has a new one for every file. */
const INTERVAL = 200;

export interface PassOptions {
  /** Milliseconds; null for no limit. */
  timeoutMs?: number | null;
  /** What rsync reads on its standard input. */
  stdin?: Buffer;
  /** Gets each line of standard output that tells of no copied file. */
  onLine?: (line: string) => void;
  /** Bytes that a dry run has counted; undefined as long as none has. */
  total?: () => number | undefined;
  /** Nobody is shown what it complains of: the pass that follows says the same. */
  quiet?: boolean;
}

/** Runs rsync once and reads what it says while it comes, whatever the number of files. */
export async function runPass(
  argv: readonly string[],
  watcher: Watcher,
  { timeoutMs = null, stdin, onLine, total, quiet = false }: PassOptions = {},
): Promise<Pass> {
  const complaints = new Complaints();
  const totals = new TotalsReader();
  const kept = new TopDirectories();
  const progress = new ProgressReporter(watcher, total);
  const output = new OutputLines((line) => {
    const copied = parseCopied(line);
    if (copied !== null) return watcher.copied(copied);
    totals.read(line);
    onLine?.(line);
    if (line.startsWith(NOT_EMPTY)) kept.add(line.slice(NOT_EMPTY.length));
  }, progress.read);
  const result = await watcher.run(argv, {
    onStdout: (chunk) => output.write(chunk),
    onStderrLine: (line) => complaints.add(line) || quiet,
    ...(timeoutMs === null ? {} : { timeoutMs }),
    ...(stdin === undefined ? {} : { stdin: [stdin] }),
  });
  output.end();
  const pending = pendingDeletions(complaints, kept.count());
  return { result, totals: totals.totals(), reached: progress.last, complaints, pending };
}

/**
 * How many deletions a pass with `--max-delete=0` has left for the next. rsync counts what is in a directory that has
 * to go, but not the uppermost directory itself (delete.c, delete_item); one that makes way for a file never counts.
 */
function pendingDeletions({ skipped, noWay }: Complaints, keptDirectories: number): number {
  return skipped === 0 ? 0 : skipped + Math.max(0, keptDirectories - noWay.count);
}

class ProgressReporter {
  last: TransferProgress | null = null;
  #reportedAt = -Infinity;
  readonly #watcher: Watcher;
  readonly #total: PassOptions['total'];

  constructor(watcher: Watcher, total: PassOptions['total']) {
    this.#watcher = watcher;
    this.#total = total;
  }

  readonly read = (state: string): void => {
    const progress = parseProgress(state, this.last?.files ?? 0);
    if (progress === null) return;
    this.last = progress;
    const now = this.#watcher.now();
    if (now - this.#reportedAt < INTERVAL) return;
    this.#reportedAt = now;
    const total = this.#total?.();
    this.#watcher.progress(total === undefined ? progress : withTotal(progress, total));
  };
}

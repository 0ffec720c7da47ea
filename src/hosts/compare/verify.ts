import { failure, success, type Result } from '../../planner/model/result.ts';
import type { CopiedFile, FileProblem, VerifyCounts } from '../../planner/model/verification.ts';
import { escapedByRsync } from '../rsync/names.ts';
import type { HeldTimes } from '../../planner/file-systems/held-times.ts';
import { checksumsOf, type Algorithm } from './checksums-of.ts';
import type { HostFolder } from '../folder.ts';
import { goneSince } from './files-to-verify.ts';
import { noChecksums } from '../../planner/model/findings/verifying.ts';

interface Recorded {
  knows(file: CopiedFile): boolean;
  holds(file: CopiedFile): boolean;
}

/** What is known about the files of a copy. */
export interface Evidence {
  /** May come while files are read. */
  recorded: Recorded | Promise<Recorded>;
  /** Null when it is not there now. */
  source: HostFolder | null;
  /** What becomes of them in the copy. */
  times: HeldTimes;
}

export type BatchCounts = Omit<VerifyCounts, 'total'>;

/** What some files of a copy turned out to be. */
export interface Verdicts {
  counts: BatchCounts;
  problems: FileProblem[];
  /** The same as in the source, and not recorded so far. */
  proved: CopiedFile[];
}

/**
 * Reads files of a copy and compares them with what was recorded when they were copied. Those without a record are
 * compared with the source, as far as that still has a file of the same size and time. Nothing is written.
 *
 * @param names relative to the copy, one character for each byte (latin1)
 */
export async function verifyFiles(
  copy: HostFolder,
  names: readonly string[],
  evidence: Evidence,
  signal: AbortSignal,
): Promise<Result<Verdicts>> {
  const read = await readAll(copy, names, 'xxh128', signal);
  if (!read.ok) return read;
  const { algorithm, found } = read.value;
  const batch = new Batch(names, found, await evidence.recorded, evidence.times);
  batch.forgive(await goneSince(copy, batch.unreadable, signal));
  // An older rsync at either end has recorded MD5.
  if (algorithm === 'xxh128' && batch.suspects.length > 0) {
    const again = await readAll(copy, batch.suspects, 'md5', signal);
    if (!again.ok) return again;
    batch.reconsider(again.value.found);
  }
  const open = [...batch.suspects, ...batch.unrecorded];
  const source =
    evidence.source === null || open.length === 0 ? null : await readAll(evidence.source, open, algorithm, signal);
  if (source?.ok === false) return source;
  return success(batch.verdicts(source?.value.algorithm === algorithm ? source.value.found : null));
}

async function readAll(
  place: HostFolder,
  names: readonly string[],
  wanted: Algorithm,
  signal: AbortSignal,
): Promise<Result<{ algorithm: Algorithm; found: Map<string, CopiedFile> }>> {
  for (const algorithm of wanted === 'md5' ? (['md5'] as const) : (['xxh128', 'md5'] as const)) {
    const read = await checksumsOf(place, names, algorithm, signal);
    if (!read.ok) return read;
    if (read.value !== null) return success({ algorithm, found: read.value });
  }
  return failure(noChecksums(place.path));
}

interface Comparison {
  state: 'same' | 'differs' | 'unknown';
  file: CopiedFile | undefined;
}

class Batch {
  /** Recorded with another content. */
  suspects: string[] = [];
  readonly unrecorded: string[] = [];
  unreadable: string[] = [];
  readonly #found: Map<string, CopiedFile>;
  readonly #recorded: Recorded;
  readonly #times: HeldTimes;
  readonly #files: number;
  #good = 0;
  #vanished = 0;

  constructor(names: readonly string[], found: Map<string, CopiedFile>, recorded: Recorded, times: HeldTimes) {
    this.#found = found;
    this.#recorded = recorded;
    this.#times = times;
    this.#files = names.length;
    for (const name of names) this.#sort(name);
  }

  #sort(name: string): void {
    const file = this.#found.get(escapedByRsync(name));
    if (file === undefined || /^0+$/.test(file.checksum)) this.unreadable.push(name);
    else if (this.#recorded.holds(file)) this.#good += 1;
    else if (this.#recorded.knows(file)) this.suspects.push(name);
    else this.unrecorded.push(name);
  }

  /** What a run or a prune has removed meanwhile is not bad, only not judged. */
  forgive(gone: ReadonlySet<string>): void {
    this.unreadable = this.unreadable.filter((name) => !gone.has(name));
    this.#vanished = gone.size;
  }

  /** With the other checksum. */
  reconsider(found: ReadonlyMap<string, CopiedFile>): void {
    const isBad = (name: string): boolean => {
      const file = found.get(escapedByRsync(name));
      return file === undefined || !this.#recorded.holds(file);
    };
    const bad = this.suspects.filter(isBad);
    this.#good += this.suspects.length - bad.length;
    this.suspects = bad;
  }

  verdicts(source: ReadonlyMap<string, CopiedFile> | null): Verdicts {
    const compared = this.unrecorded.map((name) => ({ name, ...this.#compare(name, source) }));
    const proved = compared.flatMap(({ state, file }) => (state === 'same' && file !== undefined ? [file] : []));
    const differing = compared.filter(({ state }) => state === 'differs');
    const problems: FileProblem[] = [
      ...this.suspects.map((name) => this.#rotten(name, source)),
      ...differing.map(({ name }): FileProblem => ({ path: escapedByRsync(name), problem: 'differs' })),
      ...this.unreadable.map((name): FileProblem => ({ path: escapedByRsync(name), problem: 'unreadable' })),
    ];
    const counts = {
      files: this.#files,
      bytes: [...this.#found.values()].reduce((sum, { size }) => sum + size, 0),
      recorded: this.#good,
      sameAsSource: proved.length,
      unknown: this.#vanished + compared.length - proved.length - differing.length,
      bad: problems.length,
    };
    return { counts, problems, proved };
  }

  #compare(name: string, source: ReadonlyMap<string, CopiedFile> | null): Comparison {
    const file = this.#found.get(escapedByRsync(name));
    const original = source?.get(escapedByRsync(name));
    // Times are whole seconds here: another size may be a newer version of the same second.
    if (file === undefined || original?.size !== file.size || !this.#isSameTime(original, file))
      return { state: 'unknown', file };
    return { state: original.checksum === file.checksum ? 'same' : 'differs', file };
  }

  #isSameTime(original: CopiedFile, file: CopiedFile): boolean {
    const { found, given } = this.#times;
    return given(original.time).includes(found(file.time));
  }

  #rotten(name: string, source: ReadonlyMap<string, CopiedFile> | null): FileProblem {
    const path = escapedByRsync(name);
    const original = source?.get(path);
    if (original === undefined) return { path, problem: 'rotten', source: 'absent' };
    return { path, problem: 'rotten', source: this.#recorded.holds(original) ? 'intact' : 'changed' };
  }
}

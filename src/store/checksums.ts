import { closeSync, createReadStream, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { cutAt } from '../hosts/transport/lines.ts';
import type { HeldTimes } from '../planner/file-systems/held-times.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { CopiedFile } from '../planner/model/verification.ts';
import { systemError } from '../planner/model/system-error.ts';
import { digest, Digests } from './digests.ts';
import { makeDirectory, namesIn } from './files.ts';
import { placeOfEnds, type OfEnds } from './of-ends.ts';
import { checksumsUnreadable, checksumsUnwritable } from '../planner/model/findings/records.ts';

/** Bytes after which a file is full, and of all files of a sync together: some two million copied files. */
const FULL = 8 * 1024 * 1024;
const KEPT = 32;
/** Bytes that are written at once: of thousands of syncs some are kept of each. */
const CHUNK = 4096;

/** Lines that are to be written. */
interface Pending {
  bytes: Buffer;
  length: number;
}

/**
 * Writes down the checksum of each file that is copied, one line each, at the end of what earlier runs wrote. A line is
 * true by itself, whatever becomes of the run, and one that a power cut tore is no line for the reader. The oldest are
 * forgotten beyond 256 MiB a sync.
 */
export class ChecksumLog {
  readonly #pending = new Map<string, Pending>();
  readonly #files = new Map<string, number>();
  #trouble: string | null = null;

  constructor(
    readonly state: string,
    readonly specKey: string,
    /** By sync (`endsOf`). */
    readonly ends: Readonly<Record<string, string>>,
  ) {}

  add(sync: string, { checksum, size, time, path }: CopiedFile): void {
    if (this.#trouble !== null) return;
    // Copied at once: a text that grows keeps all that it was made of, and what is kept for a while V8 takes for what stays.
    const line = Buffer.from(`${checksum} ${size} ${time} ${path}\n`);
    const pending = this.#pending.get(sync) ?? { bytes: Buffer.alloc(CHUNK), length: 0 };
    this.#pending.set(sync, pending);
    this.#attempt(() => {
      if (pending.length + line.length > CHUNK) this.#write(sync, pending);
      if (line.length > CHUNK) this.#write(sync, { bytes: line, length: line.length });
      else pending.length += line.copy(pending.bytes, pending.length);
    });
  }

  /** Puts all of it on stable storage. A warning when that could not be done: the copy is as good as without. */
  close(): Finding[] {
    for (const [sync, pending] of this.#pending) this.#attempt(() => this.#write(sync, pending));
    this.#pending.clear();
    for (const descriptor of this.#files.values()) {
      this.#attempt(() => fsyncSync(descriptor));
      closeSync(descriptor);
    }
    this.#files.clear();
    return this.#trouble === null ? [] : [checksumsUnwritable(this.state, this.#trouble)];
  }

  #attempt(action: () => void): void {
    try {
      if (this.#trouble === null) action();
    } catch (error) {
      this.#trouble = systemError(error).text;
    }
  }

  #write(sync: string, pending: Pending): void {
    if (pending.length === 0) return;
    writeSync(this.#open(sync), pending.bytes, 0, pending.length);
    pending.length = 0;
  }

  #open(sync: string): number {
    const known = this.#files.get(sync);
    if (known !== undefined) return known;
    const { state, specKey, ends } = this;
    const directory = directoryOf({ state, specKey, sync, ends: ends[sync] ?? '' });
    makeDirectory(directory);
    const names = filesIn(directory);
    const last = names.at(-1);
    const isFull = last === undefined || statSync(join(directory, last)).size >= FULL;
    const name = isFull ? nameOf(Number.parseInt(last ?? '0', 10) + 1) : last;
    if (isFull) for (const old of names.slice(0, -(KEPT - 1))) rmSync(join(directory, old), { force: true });
    const descriptor = openSync(join(directory, name), 'a', 0o600);
    this.#files.set(sync, descriptor);
    // The last line of a run that was killed may have no end.
    if (!isFull) writeSync(descriptor, '\n');
    return descriptor;
  }
}

/** What is known of the files of a sync, in few bytes for each. */
export interface RecordedChecksums {
  /** A file of this path and time was copied. */
  knows(file: CopiedFile): boolean;
  /** It was copied with this checksum. */
  holds(file: CopiedFile): boolean;
  /** Files of which nothing is known, since they cannot be read. */
  findings: readonly Finding[];
}

/**
 * Reads what runs have written about a sync. It never rejects: what cannot be read is a finding.
 *
 * @param times what becomes of those at its destination
 */
export async function readChecksums(of: OfEnds, { found, given }: HeldTimes): Promise<RecordedChecksums> {
  const directory = directoryOf(of);
  const files = new Digests();
  const contents = new Digests();
  const findings: Finding[] = [];
  const take = (line: string): void => {
    const [, content, time, path] = LINE.exec(line) ?? [];
    if (content === undefined || path === undefined) return;
    for (const there of given(Number(time))) {
      const file = digest(path, there);
      files.add(file);
      contents.add(digest(content, file));
    }
  };
  const tellOf = (path: string, error: unknown): void => {
    findings.push(checksumsUnreadable(path, systemError(error).text));
  };
  for (const path of filesToRead(directory, tellOf)) {
    try {
      const cut = cutAt('\n', take);
      for await (const chunk of createReadStream(path, 'latin1')) cut(String(chunk));
    } catch (error) {
      tellOf(path, error);
    }
  }
  return {
    findings,
    knows: ({ time, path }) => files.has(digest(path, found(time))),
    holds: ({ checksum, size, time, path }) => contents.has(digest(`${checksum} ${size}`, digest(path, found(time)))),
  };
}

const LINE = /^([0-9a-f]{8,64} \d+) (-?\d+) (.+)$/;

function directoryOf(of: OfEnds): string {
  return placeOfEnds(of, 'checksums');
}

function nameOf(number: number): string {
  return `${String(number).padStart(8, '0')}.txt`;
}

function filesToRead(directory: string, tellOf: (path: string, error: unknown) => void): string[] {
  try {
    return filesIn(directory).map((name) => join(directory, name));
  } catch (error) {
    tellOf(directory, error);
    return [];
  }
}

/** Oldest first. */
function filesIn(directory: string): string[] {
  return namesIn(directory)
    .filter((name) => /^\d{8}\.txt$/.test(name))
    .sort();
}

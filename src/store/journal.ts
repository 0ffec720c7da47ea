import { open, type FileHandle } from 'node:fs/promises';
import type { Finding } from '../planner/model/finding.ts';
import type { StepRecord } from '../planner/model/run.ts';
import type { JournalEntry, RunHeader } from '../planner/model/stored.ts';
import { systemError } from '../planner/model/system-error.ts';
import { journalUnwritable } from '../planner/model/findings/records.ts';

/** Where a run notes what it is about to do and what came of it. Null means that the note is on stable storage. */
export interface StepJournal {
  begin(step: string, at: string): Promise<Finding | null>;
  end(record: StepRecord): Promise<Finding | null>;
}

/**
 * A write-ahead journal: one JSON document per line. Notes that come while the disk is busy are flushed together. Once
 * a note could not be written all later ones fail too, since a reader could not tell what is missing between them.
 */
export class Journal implements StepJournal {
  readonly #file: FileHandle;
  readonly #path: string;
  #pending: string[] = [];
  #abandoned = false;
  #flushing: Promise<Finding | null> = Promise.resolve(null);

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** Throws what the system reports. */
  static async create(path: string, header: RunHeader): Promise<Journal> {
    const file = await open(path, 'ax', 0o600);
    try {
      await file.appendFile(lineOf(header));
      await file.sync();
      return new Journal(file, path);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  begin(step: string, at: string): Promise<Finding | null> {
    return this.#append({ type: 'begin', step, at });
  }

  /** Of a run that was killed nothing more is noted, and that is no fault of the disk. */
  end(record: StepRecord): Promise<Finding | null> {
    return this.#abandoned ? Promise.resolve(null) : this.#append({ type: 'end', record });
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
  }

  /** Lets go of a run that was killed: what its last note says, and whether it gets to the disk, matters no more. */
  abandon(): void {
    this.#abandoned = true;
    this.close().catch((error: unknown) => void systemError(error));
  }

  #append(entry: JournalEntry): Promise<Finding | null> {
    const first = this.#pending.length === 0;
    this.#pending.push(lineOf(entry));
    if (first) this.#flushing = this.#flushing.then((broken) => broken ?? this.#flush());
    return this.#flushing;
  }

  async #flush(): Promise<Finding | null> {
    const lines = this.#pending.join('');
    this.#pending = [];
    try {
      await this.#file.appendFile(lines);
      await this.#file.datasync();
      return null;
    } catch (error) {
      return journalUnwritable(this.#path, systemError(error).text);
    }
  }
}

function lineOf(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

import { closeSync, openSync, writeSync } from 'node:fs';
import type { RunEvent } from '../planner/model/event.ts';
import type { Finding } from '../planner/model/finding.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../executors/system-error.ts';

/** A run's events for whoever follows them: one JSON document per line, each written as it happens. */
export class EventsFile {
  /** Null once it is closed: the number may be that of another file then. */
  #descriptor: number | null;
  readonly #path: string;
  #trouble: Finding | null = null;

  private constructor(descriptor: number, path: string) {
    this.#descriptor = descriptor;
    this.#path = path;
  }

  /** Appends to a file that is there. */
  static open(path: string): Result<EventsFile> {
    try {
      return success(new EventsFile(openSync(path, 'a', 0o600), path));
    } catch (error) {
      return failure(unwritable(path, systemError(error).text, 'error'));
    }
  }

  /** After one event could not be written no more are, since a gap would not be seen. The run goes on. */
  write(event: RunEvent): void {
    if (this.#descriptor === null || this.#trouble !== null) return;
    try {
      writeAll(this.#descriptor, Buffer.from(`${JSON.stringify(event)}\n`));
    } catch (error) {
      this.#trouble = unwritable(this.#path, systemError(error).text, 'warning');
    }
  }

  /** What is written later goes nowhere. Returns a warning when not all events before are in the file. */
  close(): Finding | null {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    return this.#trouble;
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

function unwritable(path: string, cause: string, severity: Finding['severity']): Finding {
  return {
    severity,
    code: 'events-unwritable',
    message: `The events cannot be written to ${path}: ${cause}.`,
    help: 'Choose another place for --events, or free some space there.',
  };
}

import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { RunEvent } from '../planner/model/event.ts';
import type { Finding } from '../planner/model/finding.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../planner/model/system-error.ts';
import { isRecord, parseJson } from './files.ts';

/** For reading too, since what is there already has to be events. A named pipe does not keep it waiting (open(2)). */
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The first line of a run's events is far shorter. In bytes. */
const FIRST_LINE = 64 * 1024;

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

  /**
   * Appends to a file of events that is there, or makes a new one, mode 0600. Nothing else is ever written to: no link,
   * no device, no pipe, and no spec that was named by mistake.
   *
   * @returns error `events-unwritable`
   */
  static open(path: string): Result<EventsFile> {
    try {
      const descriptor = openSync(path, FLAGS, 0o600);
      const objection = objectionTo(descriptor);
      if (objection === null) return success(new EventsFile(descriptor, path));
      closeSync(descriptor);
      return failure(unwritable(path, objection, 'error'));
    } catch (error) {
      const { code, text } = systemError(error);
      return failure(unwritable(path, code === 'ELOOP' ? 'it is a symbolic link' : text, 'error'));
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

function objectionTo(descriptor: number): string | null {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) return 'it is there and is not a file';
  return stats.size === 0 || beginsWithEvent(descriptor) ? null : 'there is a file that holds no events of nbkp';
}

function beginsWithEvent(descriptor: number): boolean {
  const bytes = Buffer.alloc(FIRST_LINE);
  const length = readSync(descriptor, bytes, 0, FIRST_LINE, 0);
  const [line = ''] = bytes.toString('utf8', 0, length).split('\n');
  const event = parseJson(line);
  return isRecord(event) && ['at', 'run', 'type'].every((key) => typeof event[key] === 'string');
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

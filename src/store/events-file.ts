import { closeSync } from 'node:fs';
import type { RunEvent } from '../planner/model/event.ts';
import type { Finding } from '../planner/model/finding.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../planner/model/system-error.ts';
import { append, openForAppending } from './appended-file.ts';
import { isRecord, parseJson } from '../planner/model/json.ts';
import { eventsUnwritable } from '../planner/model/findings/records.ts';

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
   * Appends to a file of events that is there, or makes a new one, mode 0600.
   *
   * @returns error `events-unwritable`
   */
  static open(path: string): Result<EventsFile> {
    const opened = openForAppending(path, isEvent);
    if (typeof opened === 'number') return success(new EventsFile(opened, path));
    return failure(eventsUnwritable(path, opened));
  }

  /** After one event could not be written no more are, since a gap would not be seen. The run goes on. */
  write(event: RunEvent): void {
    if (this.#descriptor === null || this.#trouble !== null) return;
    try {
      append(this.#descriptor, `${JSON.stringify(event)}\n`);
    } catch (error) {
      this.#trouble = { ...eventsUnwritable(this.#path, systemError(error).text), severity: 'warning' };
    }
  }

  /** What is written later goes nowhere. Returns a warning when not all events before are in the file. */
  close(): Finding | null {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    return this.#trouble;
  }
}

function isEvent(line: string): boolean {
  const event = parseJson(line);
  return isRecord(event) && ['at', 'run', 'type'].every((key) => typeof event[key] === 'string');
}

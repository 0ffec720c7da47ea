import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../planner/model/event.ts';
import type { Plan } from '../planner/model/plan.ts';
import { readIfPresent, TEMPORARY } from './files.ts';
import { isRecord, parseJson } from '../planner/model/json.ts';
import { PROGRESS_FILE, runsDirectory } from './run-files.ts';
import { systemError } from '../planner/model/system-error.ts';

/** Milliseconds between two notes of how far a run is. */
const INTERVAL = 1000;

/** Notes how far the transfers of a run are, in percent by sync, for whoever asks `nbkp status` meanwhile. */
export class RunProgress {
  readonly #path: string;
  readonly #temporary: string;
  readonly #syncs: ReadonlyMap<string, string | undefined>;
  readonly #percents = new Map<string, number>();
  #notedAt = -Infinity;

  constructor(state: string, run: string, { steps }: Pick<Plan, 'steps'>) {
    const directory = join(runsDirectory(state), run);
    this.#path = join(directory, PROGRESS_FILE);
    this.#temporary = join(directory, `${TEMPORARY}progress`);
    this.#syncs = new Map(steps.map(({ id, sync }) => [id, sync]));
  }

  readonly event = (event: RunEvent): void => {
    if (event.type !== 'step-progress' && event.type !== 'step-finished') return;
    const sync = this.#syncs.get(event.step);
    if (sync === undefined) return;
    if (event.type === 'step-progress') this.#percents.set(sync, Math.floor(event.progress.percent));
    else if (!this.#percents.delete(sync)) return;
    const at = Date.parse(event.at);
    if (event.type === 'step-progress' && at - this.#notedAt < INTERVAL) return;
    this.#notedAt = at;
    this.#note();
  };

  /** Of a run that has ended nothing is under way. */
  close(): void {
    this.#harmlessly(() => rmSync(this.#path, { force: true }));
  }

  #note(): void {
    this.#harmlessly(() => {
      writeFileSync(this.#temporary, JSON.stringify(Object.fromEntries(this.#percents)), { mode: 0o600 });
      renameSync(this.#temporary, this.#path);
    });
  }

  /** Nothing relies on the file: it is not flushed, and a disk that is full or gone ends no run for it. */
  #harmlessly(change: () => void): void {
    try {
      change();
    } catch (error) {
      systemError(error);
    }
  }
}

/** How far the transfers of a run at work are, in percent by sync. Empty where that is not known. */
export function readProgress(state: string, run: string): Record<string, number> {
  const noted = parseJson(readIfPresent(join(runsDirectory(state), run, PROGRESS_FILE)) ?? '');
  if (!isRecord(noted)) return {};
  const percents = Object.entries(noted).filter((each): each is [string, number] => typeof each[1] === 'number');
  return Object.fromEntries(percents);
}

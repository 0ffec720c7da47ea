import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts, SyncHistory } from '../planner/model/facts.ts';
import { asWarning, type Finding } from '../planner/model/finding.ts';
import type { Plan } from '../planner/model/plan.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { RunRecord } from '../planner/model/run.ts';
import { expireRuns, forgetRun } from './expire.ts';
import { makeDirectory, sweepTemporary, syncDirectory, writeAtomically } from './files.ts';
import { afterRun, readLastRuns, realPath, specDirectory, specKey, writeLastRuns } from './history.ts';
import { Journal } from './journal.ts';
import type { RunHeader } from '../planner/model/stored.ts';
import { identityOf } from './process-identity.ts';
import { JOURNAL_FILE, KILLED_FILE, PLAN_FILE, RECORD_FILE, runsDirectory } from './run-files.ts';
import { newRunId } from './run-id.ts';
import { noteFormat } from './state-format.ts';
import { stateUnwritable } from '../planner/model/findings/records.ts';
import { systemError } from '../planner/model/system-error.ts';
import { unwritable } from './state-directory.ts';

/** A run that has its journal. */
export interface OpenRun {
  header: RunHeader;
  journal: Journal;
}

export interface RunOpening {
  plan: Plan;
  facts: Facts;
  /** Where each sync leads (`endsOf`). */
  ends?: Record<string, string>;
  /** As typed: `nbkp`, `run`, … */
  command: string[];
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Makes the directory of a new run with its plan and its journal, all on stable storage. A state directory that cannot
 * be written to is a failure, since nothing may be touched without a journal.
 */
export async function openRun(state: string, opening: RunOpening): Promise<Result<OpenRun>> {
  const runs = runsDirectory(state);
  let claimed: string | null = null;
  try {
    makeDirectory(runs);
    noteFormat(state);
    const run = claim(runs, opening.now);
    claimed = join(runs, run);
    const header = headerOf(run, opening);
    writeAtomically(join(claimed, PLAN_FILE), `${JSON.stringify(opening.plan)}\n`);
    const journal = await Journal.create(join(claimed, JOURNAL_FILE), header);
    syncDirectory(claimed);
    syncDirectory(runs);
    return success({ header, journal });
  } catch (error) {
    const { text } = systemError(error);
    if (claimed !== null) abandon(claimed);
    return failure(stateUnwritable(state, text));
  }
}

/** A timer that meets a full disk every hour leaves nothing there each time, as far as the disk lets it. */
function abandon(run: string): void {
  try {
    forgetRun(run);
  } catch (error) {
    systemError(error);
  }
}

/** Leaves nothing of a run that could not begin: it is none that died. */
export async function giveUpRun(state: string, { header, journal }: OpenRun): Promise<void> {
  await journal.close();
  abandon(join(runsDirectory(state), header.run));
}

/**
 * Notes that a run was killed: it is none that is at work, although its process may go on for weeks. Waits for no disk. Where that
 * cannot be written, it counts as one at work until the process ends.
 */
export function leaveRun(state: string, { header, journal }: OpenRun): void {
  journal.abandon();
  try {
    closeSync(openSync(join(runsDirectory(state), header.run, KILLED_FILE), 'wx', 0o600));
  } catch (error) {
    systemError(error);
  }
}

/** Closes the journal, keeps the record, notes each sync's last run, and forgets runs of long ago. */
export async function closeRun(state: string, open: OpenRun, plan: Plan, record: RunRecord): Promise<Finding[]> {
  try {
    await open.journal.close();
    const { specKey: key, ends } = open.header;
    keepRecord(state, key, afterRun(readLastRuns(state, key, ends).history, open.header, plan, record), record);
    expireRuns(runsDirectory(state));
    const own = specDirectory(state, key);
    for (const directory of [own, join(own, 'verify'), join(state, 'applied-plans')]) sweepTemporary(directory);
    return [];
  } catch (error) {
    return [asWarning(unwritable(state, error))];
  }
}

/** The record comes last: a run without one is looked at again. Throws what the system reports. */
export function keepRecord(state: string, key: string, entries: Record<string, SyncHistory>, record: RunRecord): void {
  writeLastRuns(state, key, entries);
  writeAtomically(join(runsDirectory(state), record.run, RECORD_FILE), `${JSON.stringify(record)}\n`);
}

/** mkdir(2) fails for a name that is taken, so no two runs get the same. */
function claim(runs: string, now: number): string {
  for (let time = now; ; time += 1) {
    const run = newRunId(time);
    try {
      mkdirSync(join(runs, run), { mode: 0o700 });
      return run;
    } catch (error) {
      if (systemError(error).code !== 'EEXIST') throw error;
    }
  }
}

function headerOf(run: string, { plan, facts, ends, command, now }: RunOpening): RunHeader {
  const targets = (end: 'source' | 'destination'): Record<string, string | null> =>
    Object.fromEntries(
      plan.syncs.map((sync) => [sync.name, facts.endpoints[sync[end]]?.directory?.mount?.target ?? null]),
    );
  return {
    type: 'run',
    run,
    plan: plan.id,
    purpose: plan.purpose,
    // From another folder, a relative one would be that of another spec.
    spec: { ...plan.spec, path: realPath(plan.spec.path) },
    specKey: specKey(plan.spec.path),
    machine: facts.machine,
    process: identityOf(process.pid),
    command,
    startedAt: new Date(now).toISOString(),
    mountTargets: targets('destination'),
    sourceMountTargets: targets('source'),
    ...(ends === undefined ? {} : { ends }),
  };
}

import type { Plan } from '../planner/model/plan.ts';
import type { RunRecord, StepRecord } from '../planner/model/run.ts';
import type { JournalContent } from './journal-entry.ts';
import { notRun, openRecord, stepsBySync, syncRecord, syncVerdict } from './record.ts';

const ENDED_SILENTLY = 'the run ended before it was done: it was killed, or the power went';

/** The record of a run that left none, from its journal: what it would have been at the moment of its death. */
export function recordOfDeadRun(journal: JournalContent, plan: Plan | null): RunRecord {
  const steps = (plan?.steps ?? []).map((step) => ({ step, record: stepOfDeadRun(journal, step.id) }));
  const bySync = stepsBySync(steps);
  const syncs = (plan?.syncs ?? []).map((planned) => {
    const own = bySync.get(planned.name) ?? [];
    return syncRecord(planned, own, syncVerdict(planned, own, { outcome: 'interrupted', reason: ENDED_SILENTLY }));
  });
  return { ...partial(journal), syncs, steps: steps.map(({ record }) => record), findings: plan?.findings ?? [] };
}

/** The record of a run that goes on: the steps that have ended, and no verdicts. */
export function recordOfRunningRun(journal: JournalContent): RunRecord {
  return { ...partial(journal), syncs: [], steps: [...journal.ended.values()], findings: [] };
}

/** Ids of the steps that had begun and not ended. */
export function unfinishedSteps(journal: JournalContent): string[] {
  return [...journal.begun.keys()].filter((id) => !journal.ended.has(id));
}

function partial(journal: JournalContent): Omit<RunRecord, 'syncs' | 'steps' | 'findings'> {
  return { ...openRecord(journal.header), finishedAt: null, durationMs: null, exitCode: null };
}

function stepOfDeadRun(journal: JournalContent, id: string): StepRecord {
  const ended = journal.ended.get(id);
  if (ended !== undefined) return ended;
  const startedAt = journal.begun.get(id);
  if (startedAt === undefined) return notRun(id, ENDED_SILENTLY);
  return { id, outcome: 'interrupted', startedAt, durationMs: null, reason: ENDED_SILENTLY, findings: [], log: [] };
}

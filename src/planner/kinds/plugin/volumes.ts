import type {
  ExecutorPlanning,
  ExecutorQuestion,
  StoredHistory,
  StoredWork,
  VolumePlanning,
} from '../../model/executor.ts';
import { canonical } from '../../model/canonical.ts';
import { executorCannotPlan } from '../../model/findings/plugins.ts';
import type { Cargo } from '../../model/identity.ts';
import { PlanningFault } from '../stored/fault.ts';
import { checkQuestion, isArgv, isText } from './questions.ts';
import { messageOf } from '../../model/system-error.ts';

/** What it says of histories, held to what a plan relies on: what it throws makes them unusable. */
export function guardedVolumes(volumes: VolumePlanning, planning: ExecutorPlanning, origin: string): VolumePlanning {
  const { name } = planning;
  const guarded: VolumePlanning = {
    ...volumes,
    history: (input) => {
      try {
        return checkedHistory(volumes.history(input));
      } catch (error) {
        const cause = messageOf(error);
        return { state: 'unusable', reason: `the executor ${name} (${origin}) went wrong: ${cause}` };
      }
    },
  };
  const held = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const cause = messageOf(error);
      throw new PlanningFault(executorCannotPlan(name, origin, cause));
    }
  };
  if (volumes.keeps !== undefined) guarded.keeps = (input) => held(() => checkedKeeps(volumes.keeps?.(input)));
  if (volumes.forget !== undefined)
    guarded.forget = (input, snapshots) => held(() => checkedWork(volumes.forget?.(input, snapshots)));
  if (volumes.restore !== undefined)
    guarded.restore = (input, snapshot, to) => held(() => checkedWork(volumes.restore?.(input, snapshot, to)));
  if (volumes.verify !== undefined) {
    guarded.verify = (input, snapshot) => {
      const check = { ...volumes.verify?.(input, snapshot), id: 'verify' } as ExecutorQuestion;
      checkQuestion(check, planning.credentials?.(input.spec) ?? []);
      return check;
    };
  }
  return guarded;
}

function checkedKeeps(keeps: readonly Cargo[] | undefined): readonly Cargo[] {
  const said: unknown = keeps;
  if (keeps === undefined || !Array.isArray(said)) throw new Error('what it keeps is no list');
  return keeps;
}

/** What it returns is put into a step, which has to show what it does. */
function checkedWork(work: StoredWork | undefined): StoredWork {
  const commands: unknown = work?.commands;
  if (work === undefined || !Array.isArray(commands) || commands.length === 0 || !commands.every(isArgv))
    throw new Error('it returned no commands');
  canonical(work.params);
  return work;
}

/** It comes from code that nobody has compiled against these types. */
function checkedHistory(history: StoredHistory): StoredHistory {
  if (history.state === 'ready') {
    const ids = new Set(history.snapshots.map(({ id }) => id));
    const isSound = history.snapshots.every(({ id, at }) => isText(id) && !Number.isNaN(Date.parse(at)));
    if (!isSound || ids.size < history.snapshots.length)
      throw new Error('its snapshots have no ids and times of their own');
    const { freeBytes, totalBytes = 0 } = history.room ?? { freeBytes: 0 };
    if (![freeBytes, totalBytes].every((bytes) => Number.isSafeInteger(bytes) && bytes >= 0))
      throw new Error('its room is no number of bytes');
    return history;
  }
  if (!['absent', 'unusable'].includes(history.state) || !isText(history.reason))
    throw new Error('it returned no history');
  return history;
}

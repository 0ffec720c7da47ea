import type { ExecutorPlanning, StoredHistory, VolumePlanning } from '../../model/executor.ts';
import { checkQuestion, isText } from './questions.ts';

/** What it says of histories, held to what a plan relies on: what it throws makes them unusable. */
export function guardedVolumes(
  volumes: VolumePlanning,
  { name, credentials }: ExecutorPlanning,
  origin: string,
): VolumePlanning {
  const guarded: VolumePlanning = {
    ...volumes,
    history: (input) => {
      try {
        return checkedHistory(volumes.history(input));
      } catch (error) {
        const cause = error instanceof Error ? error.message : String(error);
        return { state: 'unusable', reason: `the executor ${name} (${origin}) went wrong: ${cause}` };
      }
    },
  };
  const { verify } = volumes;
  if (verify === undefined) return guarded;
  guarded.verify = (input, snapshot) => {
    const check = verify.call(volumes, input, snapshot);
    checkQuestion({ ...check, id: 'verify' }, credentials?.(input.spec) ?? []);
    return check;
  };
  return guarded;
}

/** It comes from code that nobody has compiled against these types. */
function checkedHistory(history: StoredHistory): StoredHistory {
  if (history.state === 'ready') {
    const ids = new Set(history.snapshots.map(({ id }) => id));
    const isSound = history.snapshots.every(({ id, at }) => isText(id) && !Number.isNaN(Date.parse(at)));
    if (!isSound || ids.size < history.snapshots.length)
      throw new Error('its snapshots have no ids and times of their own');
    return history;
  }
  if (!['absent', 'unusable'].includes(history.state) || !isText(history.reason))
    throw new Error('it returned no history');
  return history;
}

import { storedHistory } from '../kinds/stored/planning.ts';
import type { ExecutorPlanning, SnapshotPlanning } from '../model/executor.ts';
import { storeAbsent, storeUnknown, storeUnusable } from '../model/findings/provided.ts';
import type { Sync } from '../model/spec.ts';
import { unknownExecutor } from './unknown-executor.ts';
import { block, skip, type Reached, type Stop } from './draft.ts';

/** Can what an executor keeps be read? What is not there now is skipped, as a drive is. */
export function readableStore(draft: Reached): Stop | null {
  const { sync, destination, opens, input } = draft;
  if (sync.stored === undefined || opens.has(sync.destination.volume) || input.facts.basis === 'none') return null;
  const { volume } = sync.stored;
  const { stored } = destination;
  if (historyOf(input.executors, sync) === undefined)
    return block(draft, unknownExecutor(input.spec, sync, 'snapshots.mode', input));
  if (stored === undefined) return skip(draft, storeUnknown(volume));
  if (stored.state === 'ready') return null;
  return stored.state === 'absent'
    ? skip(draft, storeAbsent(volume, stored.reason), 'absent')
    : block(draft, storeUnusable(volume, stored.reason));
}

/** How the history of a sync is made and pruned; undefined where no executor of that name does it. */
export function historyOf(
  executors: readonly ExecutorPlanning[],
  { stored, snapshots }: Sync,
): SnapshotPlanning | undefined {
  const executor = executors.find(({ name }) => name === snapshots.mode);
  if (stored === undefined) return executor?.snapshots;
  return executor?.volumes === undefined ? undefined : storedHistory(executor);
}

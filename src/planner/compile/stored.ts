import { providedVolume } from '../kinds/stored/place.ts';
import { locate, type Finding } from '../model/finding.ts';
import { providedNowhere } from '../model/findings/provided.ts';
import type { PlanInput } from '../model/plan.ts';
import { storedHistory } from '../kinds/stored/planning.ts';
import { storeTrouble } from '../kinds/stored/trouble.ts';
import type { ExecutorPlanning, SnapshotPlanning } from '../model/executor.ts';
import type { Sync } from '../model/spec.ts';
import { unknownExecutor } from './unknown-executor.ts';
import { block, skip, type Draft, type Reached, type Stop } from './draft.ts';

/** Does its executor know where it keeps what it keeps? */
export function placedStore({ input, sync }: Draft): Stop | null {
  const remark = placeless(input, sync);
  return remark === null ? null : { state: 'blocked', finding: { ...remark, sync: sync.name } };
}

/** Why nothing can be kept in a volume that lies on no other; null where it can. */
export function placeless({ spec, executors }: Pick<PlanInput, 'spec' | 'executors'>, sync: Sync): Finding | null {
  const provider = providedVolume(spec, sync);
  const executor = executors.find(({ name }) => name === provider?.executor);
  if (provider?.on !== null || executor?.volumes === undefined || executor.volumes.withoutOn === true) return null;
  return { ...providedNowhere(provider.name, provider.executor), ...locate(spec, `/volumes/${provider.name}`) };
}

/** Can what an executor keeps be read? What is not there now is skipped, as a drive is. */
export function readableStore(draft: Reached): Stop | null {
  const { sync, destination, opens, input } = draft;
  if (sync.stored === undefined || opens.has(sync.destination.volume) || input.facts.basis === 'none') return null;
  if (historyOf(input.executors, sync) === undefined)
    return block(draft, unknownExecutor(input.spec, sync, 'snapshots.mode', input));
  const trouble = storeTrouble(sync, destination);
  if (trouble === null) return null;
  if (trouble.severity === 'error') return block(draft, trouble);
  return destination.stored === undefined ? skip(draft, trouble) : skip(draft, trouble, 'absent');
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

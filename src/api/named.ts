import { selectSyncs } from '../planner/compile/select.ts';
import type { PlanRequest } from '../planner/model/plan.ts';
import type { Spec, Sync, Volume } from '../planner/model/spec.ts';
import { UsageError } from './usage-error.ts';
import { usage } from './request.ts';

/**
 * The volumes that a command line names: for one that an executor provides, the one that it lies on.
 *
 * @throws UsageError for one that the spec does not have
 */
export function namedVolumes({ volumes, provided }: Spec, names: readonly string[]): Volume[] {
  return names.map((name) => {
    const volume = volumes[provided?.[name]?.on?.volume ?? name];
    if (volume !== undefined) return volume;
    const known = Object.keys({ ...volumes, ...provided }).join(', ');
    throw new UsageError(`The spec has no volume ${name}.`, `There are: ${known}`);
  });
}

/** The syncs that `--only` and `--exclude` name. @throws UsageError for what the spec does not have */
export function namedSyncs(spec: Spec, request: Pick<PlanRequest, 'only' | 'exclude'>): Sync[] {
  const selected = selectSyncs(spec, request);
  if (!selected.ok) throw usage(selected.findings);
  return selected.value;
}

/** The one sync of that name, which may be disabled. @throws UsageError as `namedSyncs` */
export function namedSync(spec: Spec, name: string): Sync {
  const [sync] = namedSyncs(spec, { only: [name.replace(/:$/, '')], exclude: [] });
  if (sync === undefined) throw new Error(`${name} was selected and is not there`);
  return sync;
}

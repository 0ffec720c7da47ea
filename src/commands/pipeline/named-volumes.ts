import type { Spec, Volume } from '../../planner/model/spec.ts';
import { UsageError } from '../usage-error.ts';

/** The volumes that a command line names; one that the spec does not have is a mistake in it. */
export function namedVolumes(spec: Spec, names: readonly string[]): Volume[] {
  return names.map((name) => {
    const volume = spec.volumes[name];
    if (volume !== undefined) return volume;
    throw new UsageError(`The spec has no volume ${name}.`, `There are: ${Object.keys(spec.volumes).join(', ')}`);
  });
}

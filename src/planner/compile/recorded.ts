import { PREPARE } from '../kinds/create/planning.ts';
import { endpointKey, hostAt } from '../model/spec.ts';
import { plannedStep, isExpected, type Step } from '../model/step.ts';
import { markSuccess, merges, sourceId } from '../volumes/identity.ts';
import { identitiesIn } from '../kinds/create/commands.ts';
import type { Readable } from './draft.ts';

/**
 * The step that notes at the destination that the sync has succeeded, behind all that it needs. None where nobody could
 * tell whose success it is: the source has no id, or several sources may share the destination; none where nothing is to be done.
 *
 * @param steps of the sync
 */
export function successNote(draft: Readable, steps: readonly Step[]): Step[] {
  const { sync, destination, input } = draft;
  if (steps.length === 0) return [];
  const source = sourceId(input, sync) ?? identitiesIn(steps.flatMap(({ commands }) => commands))[0];
  if (source === undefined || merges(sync) || !input.executors.some(({ name }) => name === PREPARE.name)) return [];
  const key = endpointKey(sync.destination);
  const commands = [markSuccess(sync, destination.path, source)];
  return [
    plannedStep({
      id: `record:${sync.name}`,
      kind: 'record',
      executor: PREPARE,
      sync: sync.name,
      volume: sync.destination.volume,
      host: hostAt(input.spec, sync.destination.volume),
      action: 'update',
      summary: `note the success at ${key}, for other machines and specs`,
      reason: 'without it they do not know of this run',
      dependsOn: steps.filter(isExpected).map(({ id }) => id),
      commands,
      params: { commands },
    }),
  ];
}

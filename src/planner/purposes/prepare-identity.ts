import { identitiesIn, markCommand } from '../kinds/create/commands.ts';
import type { EndpointFacts } from '../model/facts.ts';
import type { PlanInput } from '../model/plan.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import { identityPlaceholder, type Step } from '../model/step.ts';
import { markDestination, merges, ownership, sourceId } from '../volumes/identity.ts';

/** The steps that draw the ids of sources, by the placeholder of the id. */
export type Drawn = ReadonlyMap<string, string>;

export function drawnIn(parts: readonly { steps: Step[] }[]): Drawn {
  const steps = parts.flatMap((part) => part.steps);
  return new Map(steps.flatMap(({ id, commands }) => identitiesIn(commands).map((name) => [name, id] as const)));
}

/** Empty where the source is not here: the first run that sees both ends writes down whose it is. */
export function ownerCommands(input: PlanInput, sync: Sync, observed: EndpointFacts, drawn: Drawn): string[][] {
  const { state } = ownership(input, sync);
  if (observed.sentinels.destination && state !== 'free' && state !== 'owned') return [];
  const source = merges(sync) ? null : knownId(input, sync, drawn);
  if (source !== null)
    return [markDestination(input, sync, { path: observed.path, source, replace: state === 'owned' })];
  return observed.sentinels.destination ? [] : [markCommand(`${observed.path}/.nbkp-dst`)];
}

export function takesOver(input: PlanInput, sync: Sync, drawn: Drawn): boolean {
  return input.request.takeOver === true && knownId(input, sync, drawn) !== null;
}

/** The id of a source that has one, or gets one by the same plan. */
function knownId(input: PlanInput, sync: Sync, drawn: Drawn): string | null {
  const id = sourceId(input, sync);
  if (id !== null) return id;
  const key = endpointKey(sync.source);
  const readers = Object.values(input.spec.syncs).filter((other) => endpointKey(other.source) === key);
  return readers.map(({ name }) => identityPlaceholder(name)).find((name) => drawn.has(name)) ?? null;
}

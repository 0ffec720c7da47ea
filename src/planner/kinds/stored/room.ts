import type { StoreRoom } from '../../model/executor.ts';
import type { EndpointFacts } from '../../model/facts.ts';
import { pointer } from '../../model/pointer.ts';
import { endpointKey, type Sync } from '../../model/spec.ts';
import type { Precondition, Step } from '../../model/step.ts';

/** The room that an executor says is left for what it keeps; null where it says none. */
export function storeRoom({ stored }: Pick<EndpointFacts, 'stored'>): StoreRoom | null {
  return stored?.state === 'ready' ? (stored.room ?? null) : null;
}

/** The transfer of a sync with what its `min-free` asks of such room, whoever has planned it. */
export function withStoreRoom(step: Step, { policy, destination }: Sync, observed: EndpointFacts): Step {
  if (policy.minFree === null || storeRoom(observed) === null || step.kind !== 'transfer') return step;
  const key = endpointKey(destination);
  const precondition: Precondition = {
    fact: pointer('endpoints', key, 'stored', 'room', 'freeBytes'),
    check: 'at-least',
    value: policy.minFree,
    onlyBefore: true,
    description: `free space of ${key}`,
  };
  return { ...step, preconditions: [...step.preconditions, precondition] };
}

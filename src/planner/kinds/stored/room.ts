import type { StoreRoom } from '../../model/executor.ts';
import type { EndpointFacts } from '../../model/facts.ts';

/** The room that an executor says is left for what it keeps; null where it says none. */
export function storeRoom({ stored }: Pick<EndpointFacts, 'stored'>): StoreRoom | null {
  return stored?.state === 'ready' ? (stored.room ?? null) : null;
}

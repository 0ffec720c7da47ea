import type { EndpointFacts } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import { storeAbsent, storeUnknown, storeUnusable } from '../../model/findings/provided.ts';
import type { Sync } from '../../model/spec.ts';

/** Why what an executor keeps for a sync cannot be read; null when it can. What is not there now is no error. */
export function storeTrouble({ stored: history }: Sync, { stored }: EndpointFacts): Finding | null {
  const volume = history?.volume ?? '';
  if (stored === undefined) return storeUnknown(volume);
  if (stored.state === 'ready') return null;
  return stored.state === 'absent' ? storeAbsent(volume, stored.reason) : storeUnusable(volume, stored.reason);
}

import type { EndpointFacts } from '../../model/facts.ts';
import type { ProvidedVolume, Spec, Sync } from '../../model/spec.ts';

/** The volume that a sync copies to, where an executor provides it; null for any other. */
export function providedVolume({ provided }: Pick<Spec, 'provided'>, { stored }: Sync): ProvidedVolume | null {
  return provided?.[stored?.volume ?? ''] ?? null;
}

/** The folder in which such a volume lies, of all its histories: that of one holds marks of nbkp. May hold a placeholder. */
export function storePlace({ stored }: Sync, { path }: Pick<EndpointFacts, 'path'>): string {
  return path.slice(0, path.length - (stored?.history.length ?? 0) - 1);
}

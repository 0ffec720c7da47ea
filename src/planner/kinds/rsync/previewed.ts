import type { TransferPreview } from '../../model/facts.ts';
import { sameJson } from '../../model/json-changes.ts';
import type { KnownSync } from '../../model/known.ts';
import { expandFilters } from './filters.ts';

/**
 * The dry run of a sync, as far as it tells anything of this spec: recorded facts may hold one that was made with other
 * filters, which deletes and copies something else.
 */
export function previewOf(input: KnownSync): TransferPreview | null {
  const preview = input.facts.previews[input.sync.name];
  if (preview?.filters === undefined) return preview ?? null;
  return sameJson(preview.filters, expandFilters(input).rules) ? preview : null;
}

import type { Policy } from '../../model/spec.ts';
import type * as Written from '../generated/spec.ts';
import { parseMaxAge, parseSize } from '../../model/units.ts';

export const DEFAULT_POLICY: Policy = {
  maxDelete: { percent: 25, files: null },
  maxPrune: null,
  minFree: null,
  maxAge: null,
  parallel: null,
  onBattery: null,
  metered: null,
};

/** `written` on top of `base`, limit by limit. */
export function layerPolicy(base: Policy, written: Written.Policy | undefined): Policy {
  if (written === undefined) return base;
  const maxDelete = written['max-delete'];
  const maxChange = written['max-change'] ?? base.maxChange;
  const pruneFirst = written['prune-first'] ?? base.pruneFirst;
  return {
    maxDelete: {
      percent: maxDelete?.percent ?? base.maxDelete.percent,
      files: maxDelete?.files ?? base.maxDelete.files,
    },
    ...(maxChange === undefined ? {} : { maxChange }),
    maxPrune: written['max-prune'] ?? base.maxPrune,
    ...(pruneFirst === undefined ? {} : { pruneFirst }),
    minFree: written['min-free'] === undefined ? base.minFree : parseSize(written['min-free']),
    maxAge: written['max-age'] === undefined ? base.maxAge : parseMaxAge(written['max-age']),
    parallel: written.parallel ?? base.parallel,
    onBattery: written['on-battery'] ?? base.onBattery,
    metered: written.metered ?? base.metered,
  };
}

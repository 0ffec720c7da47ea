import type { RunRecord } from '../model/run.ts';
import type { Spec } from '../model/spec.ts';

const DAY = 86_400_000;
/** Days. Fewer say nothing about a month. */
const SHORTEST = 3;

/**
 * How much syncs copy to each volume.
 *
 * @param records of the spec's runs, in any order
 * @param now milliseconds since 1970 UTC
 * @returns bytes a day by volume; a volume is missing when none of its syncs has been seen for three days
 */
export function writtenPerDay(spec: Spec, records: readonly RunRecord[], now: number): Map<string, number> {
  const pace = new Map<string, number>();
  const oldestFirst = records
    .filter(({ purpose }) => purpose === 'backup')
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  for (const { name, destination, stored } of Object.values(spec.syncs)) {
    const copies = oldestFirst.flatMap(({ startedAt, syncs }) =>
      syncs
        .filter((sync) => sync.name === name && ['succeeded', 'incomplete'].includes(sync.outcome))
        .map(({ bytes }) => ({ bytes, time: Date.parse(startedAt) })),
    );
    // The first one may be all that there is, and will not come again.
    const [first, ...others] = copies;
    const days = first === undefined ? 0 : (now - first.time) / DAY;
    if (days < SHORTEST) continue;
    const bytes = others.reduce((sum, copy) => sum + copy.bytes, 0);
    for (const volume of new Set([destination.volume, stored?.volume ?? destination.volume]))
      pace.set(volume, (pace.get(volume) ?? 0) + bytes / days);
  }
  return pace;
}

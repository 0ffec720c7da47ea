import { deviceOf, machineAt } from '../volumes/place.ts';
import { pruneParams } from '../kinds/prune/planning.ts';
import { storeRoom } from '../kinds/stored/room.ts';
import type { Facts, Prunable } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { VolumeForecast } from '../model/plan.ts';
import type { KnownSync } from '../model/known.ts';
import type { Range } from '../model/range.ts';
import { endpointKey, type Spec } from '../model/spec.ts';
import type { Step } from '../model/step.ts';
import { forecastDoesNotFit } from '../model/findings/guards.ts';

/** What a last run says about the next: between nothing at all and twice as much. */
const LAST_RUN_HIGH = 2;

/** One file system on the way through the plan. */
interface Running {
  volumes: string[];
  freeBytes: number;
  bytes: Range;
  files: Range;
  pruned: VolumeForecast['pruned'];
  now: Range;
  peak: Range;
  bases: Set<'dry-run' | 'last-run'>;
  unknown: string[];
}

/**
 * How much room a plan needs on each file system that it writes to, along its steps in their order: transfers take it,
 * and prunes give back what was counted. What no dry run and no earlier run has counted is `unknown`, and then only the
 * low end holds; so it does for snapshots that nobody has counted.
 */
export function forecastOf(spec: Spec, steps: readonly Step[], facts: Facts): VolumeForecast[] {
  // Free space that nobody has observed is no free space.
  if (facts.basis === 'none') return [];
  const fileSystems = new Map<string, Running>();
  for (const step of steps) {
    const sync = spec.syncs[step.sync ?? ''];
    if (sync === undefined || (step.kind !== 'transfer' && step.kind !== 'prune')) continue;
    const place = placeOf({ spec, facts, sync });
    if (place === null) continue;
    const { volume } = place;
    const running = runningOn(fileSystems, place.key, place);
    if (!running.volumes.includes(volume)) running.volumes.push(volume);
    if (step.kind === 'transfer') write(running, step, sync.name);
    else prune(running, step, facts.prunable?.[sync.name]);
  }
  return [...fileSystems.values()]
    .filter(({ bases, unknown }) => bases.size + unknown.length > 0)
    .map(forecastOn)
    .toSorted((a, b) => (a.volume < b.volume ? -1 : 1));
}

interface Place {
  /** What shares it is on one file system, or in one store. */
  key: string;
  volume: string;
  freeBytes: number;
}

/** What a sync writes to: a file system, or what an executor keeps if that says how much room it has. */
function placeOf({ spec, facts, sync: { destination, stored } }: KnownSync): Place | null {
  const observed = facts.endpoints[endpointKey(destination)];
  if (observed?.directory == null) return null;
  const room = storeRoom(observed);
  if (room !== null && stored !== undefined)
    return { key: `store ${stored.volume}`, volume: stored.volume, freeBytes: room.freeBytes };
  const { volume } = destination;
  if (spec.volumes[volume]?.marksOnly === true) return null;
  const { directory } = observed;
  return { key: deviceOf(machineAt({ spec, facts }, volume), directory), volume, freeBytes: directory.freeBytes };
}

function runningOn(known: Map<string, Running>, device: string, { freeBytes }: Pick<Place, 'freeBytes'>): Running {
  const there = known.get(device);
  if (there !== undefined) return there;
  const range = (value: number): Range => ({ low: value, high: value });
  const made: Running = {
    ...{ volumes: [], freeBytes, bytes: range(0), files: range(0), pruned: { snapshots: 0, bytes: range(0) } },
    ...{ now: range(freeBytes), peak: range(freeBytes), bases: new Set(), unknown: [] },
  };
  known.set(device, made);
  return made;
}

function write(running: Running, { estimate }: Step, sync: string): void {
  if (estimate === undefined) {
    running.unknown.push(sync);
    return;
  }
  const { bases, bytes, files, now, peak } = running;
  bases.add(estimate.basis);
  const rangeOf = (count: number): Range =>
    estimate.basis === 'dry-run' ? { low: count, high: count } : { low: 0, high: count * LAST_RUN_HIGH };
  const { writtenAnew: anew = { files: 0, bytes: 0 } } = estimate;
  const written = rangeOf(estimate.bytes + anew.bytes);
  add(bytes, written);
  add(files, rangeOf(estimate.files + anew.files));
  add(now, { low: -written.high, high: -written.low });
  peak.low = Math.min(peak.low, now.low);
  peak.high = Math.min(peak.high, now.high);
}

function prune({ pruned, now }: Running, step: Step, counted: Prunable | undefined): void {
  const names = pruneParams(step)?.remove.map(({ name }) => name) ?? [];
  pruned.snapshots += names.length;
  if (counted === undefined || counted.snapshots.toSorted().join('/') !== names.toSorted().join('/')) {
    pruned.bytes = null;
    return;
  }
  add(now, counted.bytes);
  if (pruned.bytes !== null) add(pruned.bytes, counted.bytes);
}

function add(sum: Range, { low, high }: Range): void {
  sum.low += low;
  sum.high += high;
}

function forecastOn({ volumes, freeBytes, bytes, files, pruned, now, peak, bases, unknown }: Running): VolumeForecast {
  const [volume = '', ...sharedWith] = volumes.toSorted();
  return {
    ...{ volume, sharedWith, freeBytes, bytes, files, pruned, peakFreeBytes: peak, finalFreeBytes: now },
    ...{ basis: [...bases].toSorted(), unknown: unknown.toSorted() },
  };
}

/**
 * A warning for each file system on which what is certain to be written does not fit, or as much as the last run wrote. That it
 * could be twice as much is no reason for an alarm.
 */
export function spaceFindings(forecasts: readonly VolumeForecast[]): Finding[] {
  return forecasts
    .filter(({ peakFreeBytes: { low, high } }) => low + high < 0)
    .map(({ volume, sharedWith, freeBytes, bytes, peakFreeBytes: { low, high } }) => ({
      ...forecastDoesNotFit([volume, ...sharedWith], {
        ...{ free: freeBytes, bytes: bytes.high, missing: -low, certain: high < 0 },
      }),
      volume,
    }));
}

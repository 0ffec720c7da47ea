import type { EndpointFacts, Facts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { Range, VolumeForecast } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import { endpointKey, type Sync } from '../model/spec.ts';

/** What a last run says about the next: between nothing at all and twice as much. */
const LAST_RUN_HIGH = 2;

interface Running {
  freeBytes: number;
  written: Range;
  files: Range;
  bases: Set<'dry-run' | 'last-run'>;
  unknown: string[];
}

/**
 * How much room a plan needs on each file system that it writes to, along its steps in their order. What pruning gives
 * back is not known before, so nothing is counted as freed: the peak is the end. What no dry run and no earlier run has
 * counted is `unknown`, and then only the low end holds.
 *
 * @param syncs of the plan, in the spec's own words
 */
export function forecastOf(syncs: readonly Sync[], steps: readonly Step[], facts: Facts): VolumeForecast[] {
  // Free space that nobody has observed is no free space.
  if (facts.basis === 'none') return [];
  const destinations = new Map(syncs.map((sync) => [sync.name, endpointKey(sync.destination)]));
  const volumes = new Map<string, Running>();
  for (const step of steps) {
    if (step.kind !== 'transfer' || step.sync === undefined || step.volume === undefined) continue;
    const directory = facts.endpoints[destinations.get(step.sync) ?? '']?.directory;
    if (directory === undefined || directory === null) continue;
    add(runningOf(volumes, step.volume, directory), step, step.sync);
  }
  return [...volumes.keys()].toSorted().flatMap((volume) => {
    const running = volumes.get(volume);
    return running === undefined ? [] : [forecastOn(volume, running)];
  });
}

function runningOf(
  volumes: Map<string, Running>,
  volume: string,
  { freeBytes }: NonNullable<EndpointFacts['directory']>,
): Running {
  const known = volumes.get(volume);
  if (known !== undefined) return known;
  const zero = (): Range => ({ low: 0, high: 0 });
  const made: Running = {
    freeBytes,
    written: zero(),
    files: zero(),
    bases: new Set(),
    unknown: [],
  };
  volumes.set(volume, made);
  return made;
}

function add(running: Running, { estimate }: Step, sync: string): void {
  if (estimate === undefined) {
    running.unknown.push(sync);
    return;
  }
  const { bytes, files, basis } = estimate;
  running.bases.add(basis);
  const counted = basis === 'dry-run';
  running.written.low += counted ? bytes : 0;
  running.written.high += counted ? bytes : bytes * LAST_RUN_HIGH;
  running.files.low += counted ? files : 0;
  running.files.high += counted ? files : files * LAST_RUN_HIGH;
}

function forecastOn(volume: string, running: Running): VolumeForecast {
  const { freeBytes, written, files, bases, unknown } = running;
  const left = { low: freeBytes - written.high, high: freeBytes - written.low };
  return {
    volume,
    freeBytes,
    bytes: written,
    files,
    peakFreeBytes: left,
    finalFreeBytes: left,
    basis: [...bases].toSorted(),
    unknown: unknown.toSorted(),
  };
}

/** A warning for each volume on which what is certain to be written does not fit, or what may be. */
export function spaceFindings(forecasts: readonly VolumeForecast[]): Finding[] {
  return forecasts
    .filter(({ peakFreeBytes }) => peakFreeBytes.low < 0)
    .map(({ volume, freeBytes, bytes, peakFreeBytes }) => ({
      severity: 'warning',
      code: 'forecast-does-not-fit',
      message: `${volume} has ${freeBytes} bytes free, and this plan ${peakFreeBytes.high < 0 ? 'writes' : 'may write'} ${bytes.high} bytes to it.`,
      help: 'Make room there first: nbkp snapshots prune. What replaces older files may need less.',
      volume,
    }));
}

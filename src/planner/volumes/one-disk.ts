import type { DirectoryFacts, Facts } from '../model/facts.ts';
import { locate, type Finding } from '../model/finding.ts';
import { onOneDisk } from '../model/findings/destinations.ts';
import { isWithin } from '../model/paths.ts';
import { endpointKey, type Endpoint, type Sync } from '../model/spec.ts';
import type { Known } from '../model/known.ts';
import { volumeMark } from './marks.ts';
import { deviceOf, machineAt } from './place.ts';

/**
 * Warnings about copies on the disk that their originals are on, one for each pair of volumes. None where the originals
 * are copied elsewhere too, or are copies themselves: then the disk is not all that there is.
 *
 * @param places `marked`: a folder that lacks its mark, such as the mountpoint of a drive that is not here, is none;
 * `any`: it is about to be marked
 */
export function oneDiskRemarks({ spec, facts }: Known, syncs: readonly Sync[], places: 'marked' | 'any'): Finding[] {
  const all = Object.values(spec.syncs).filter(({ enabled }) => enabled);
  const found = new Map<string, { first: Sync; names: string[]; disk: string }>();
  for (const sync of syncs.filter(({ enabled }) => enabled)) {
    const disk = places === 'any' || isHere({ spec, facts }, sync) ? sharedDisk({ spec, facts }, sync) : null;
    const isElsewhere = (other: Sync): boolean =>
      (holds(other.source, sync.source) &&
        (!isHere({ spec, facts }, other) || sharedDisk({ spec, facts }, other) === null)) ||
      holds(other.destination, sync.source);
    if (disk === null || all.some((other) => other !== sync && isElsewhere(other))) continue;
    const pair = `${sync.source.volume} ${sync.destination.volume}`;
    const known = found.get(pair);
    if (known === undefined) found.set(pair, { first: sync, names: [sync.name], disk });
    else known.names.push(sync.name);
  }
  return [...found.values()].map(({ first, names, disk }) => ({
    ...onOneDisk(names, disk),
    ...locate(spec, `/syncs/${first.name}/destination`),
    volume: first.destination.volume,
  }));
}

function isHere(world: Known, { source, destination }: Sync): boolean {
  return [source, destination].every(({ volume }) => volumeMark(world, volume)?.absence !== 'absent');
}

function holds(outer: Endpoint, inner: Endpoint): boolean {
  return outer.volume === inner.volume && (outer.subdir === '' || isWithin(inner.subdir, outer.subdir));
}

/** For people: the disk that both ends are on; null where they are on several, or that is not known. */
function sharedDisk({ spec, facts }: Known, { source, destination }: Sync): string | null {
  const machine = machineAt({ spec, facts }, source.volume);
  const [from, to] = [directoryOf(facts, source), directoryOf(facts, destination)];
  if (spec.volumes[destination.volume]?.marksOnly === true) return null;
  if (machine !== machineAt({ spec, facts }, destination.volume) || from === null || to === null) return null;
  const below = new Set(from.mount?.disks ?? []);
  const disks = to.mount?.disks ?? [];
  if (disks.length > 0 && disks.every((disk) => below.has(disk))) return disks.join(', ');
  return deviceOf(machine, from) === deviceOf(machine, to)
    ? `the file system at ${to.mount?.target ?? to.realPath}`
    : null;
}

/** Before `prepare` a destination is not there: it will be where its volume is. */
function directoryOf({ endpoints, volumes }: Facts, endpoint: Endpoint): DirectoryFacts | null {
  return endpoints[endpointKey(endpoint)]?.directory ?? volumes[endpoint.volume]?.directory ?? null;
}

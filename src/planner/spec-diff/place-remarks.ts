import type { DirectoryFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import { destinationName, endpointKey, type Spec, type Sync } from '../model/spec.ts';
import { deviceOf, machineAt } from '../volumes/place.ts';
import { remark, sizeText } from './remark.ts';
import type { Review, SyncPair } from './remarks.ts';
import * as reviewing from '../model/findings/reviewing.ts';

/** What is copied from or to another place than before. */
export function placeRemarks(review: Review): Finding[] {
  return [
    ...review.both.flatMap((pair) => [...destinationMoved(review, pair), ...sourceMoved(review, pair)]),
    ...sameDevice(review),
    ...drivesChanged(review),
  ];
}

function destinationMoved({ b }: Review, { was, is }: SyncPair): Finding[] {
  if (endpointKey(was.destination) === endpointKey(is.destination)) return [];
  const names = [destinationName(was), destinationName(is)] as const;
  const [from, to] = names[0] === names[1] ? [endpointKey(was.destination), endpointKey(is.destination)] : names;
  const moved = reviewing.destinationMoved(is.name, to, from, room(b, was, is));
  return [endRemark(b.spec, is, 'destination', moved)];
}

/** Does it fit? What the old copy's drive holds in all is the most that it can be. */
function room({ facts }: Review['b'], was: Sync, is: Sync): string {
  const target = known(facts.volumes[is.destination.volume]?.directory);
  if (facts.basis === 'none' || target === null) return 'Whether it fits is not known from these facts.';
  const free = `${sizeText(target.freeBytes)} are free there`;
  const preview = facts.previews[was.name];
  if (preview !== undefined && was.snapshots.mode === 'none' && preview.destinationEntries === 0) {
    return `${free}, and ${sizeText(preview.bytes)} are to be copied.`;
  }
  const old = known(facts.volumes[was.destination.volume]?.directory);
  if (old === null) return `${free}; how large the copy is is not known from these facts.`;
  const used = old.totalBytes - old.freeBytes;
  const verdict = used <= target.freeBytes ? 'so it fits' : 'so it may not fit';
  return `${free}, and all that is on the old drive is ${sizeText(used)}, ${verdict}.`;
}

function known(directory: DirectoryFacts | null | undefined): DirectoryFacts | null {
  return directory ?? null;
}

function sourceMoved({ b }: Review, { was, is }: SyncPair): Finding[] {
  const [from, to] = [endpointKey(was.source), endpointKey(is.source)];
  if (from === to) return [];
  return [endRemark(b.spec, is, 'source', reviewing.sourceMoved(is.name, to, from))];
}

function endRemark(spec: Spec, sync: Sync, end: 'source' | 'destination', words: Finding): Finding {
  const { name } = sync;
  return remark(spec, [`/syncs/${name}/${end}`, `/syncs/${name}`], { ...words, sync: name, volume: sync[end].volume });
}

/** A copy on the drive of its source goes with it. Told of what is new only. */
function sameDevice({ a, b, both }: Review): Finding[] {
  const before = new Map(both.map(({ was, is }) => [is.name, onOneDevice(a, was)]));
  return Object.values(b.spec.syncs)
    .filter((sync) => sync.enabled && onOneDevice(b, sync) && before.get(sync.name) !== true)
    .map((sync) => {
      const words = reviewing.destinationOnSourceDevice(sync.name, endpointKey(sync.source));
      return endRemark(b.spec, sync, 'destination', words);
    });
}

function onOneDevice({ facts, spec }: Review['b'], { source, destination }: Sync): boolean {
  if (source.volume === destination.volume) return true;
  if (facts.basis === 'none' || spec.volumes[destination.volume]?.marksOnly === true) return false;
  const [from, to] = [source, destination].map(
    (endpoint) =>
      facts.endpoints[endpointKey(endpoint)]?.directory ?? facts.volumes[endpoint.volume]?.directory ?? null,
  );
  return (
    from != null &&
    to != null &&
    deviceOf(machineAt({ spec, facts }, source.volume), from) ===
      deviceOf(machineAt({ spec, facts }, destination.volume), to)
  );
}

function drivesChanged({ a, b }: Review): Finding[] {
  return Object.values(b.spec.volumes).flatMap((volume) => {
    const old = a.spec.volumes[volume.name];
    const [was, is] = [old?.mount?.deviceUuid.toLowerCase(), volume.mount?.deviceUuid.toLowerCase()];
    if (old === undefined || was === undefined || was === is) return [];
    const pointers = [`/volumes/${volume.name}/mount/device-uuid`, `/volumes/${volume.name}`];
    return [remark(b.spec, pointers, { ...reviewing.driveChanged(volume.name, was, is), volume: volume.name })];
  });
}

import type { Finding } from '../../model/finding.ts';
import { providedMisused, providedUnclear } from '../../model/findings/provided.ts';
import type { ProvidedVolume } from '../../model/spec.ts';
import { recordOf } from '../record.ts';
import { parseEndpoint } from '../resolve/endpoint.ts';
import { volumeSettings } from '../settings.ts';
import { Places } from './places.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';

/** Volumes that executors provide, and the syncs that name them. */
export const provided: Check = (input) => [...volumes(input), ...syncs(input), ...intruders(input)];

function volumes(input: CheckInput): Finding[] {
  return Object.entries(input.written.volumes ?? {}).flatMap(([name, volume]) => {
    const tables = Object.keys(volumeSettings(input.document.data, name));
    const place = volume.on === undefined ? null : parseEndpoint(volume.on);
    if (place === null && tables.length === 0) return [];
    // That such a table is nobody's is told already.
    if (tables.some((executor) => input.executors.of(executor) === null)) return [];
    const say = (problem: string): Finding[] => [remarkAt(input, ['volumes', name], providedUnclear(name, problem))];
    if (tables.length !== 1)
      return say(`names ${tables.length === 0 ? 'no executor' : `two executors, ${tables.join(' and ')}`}`);
    const placed = (['path', 'ssh', 'mount'] as const).filter((key) => volume[key] !== undefined);
    if (placed.length > 0) return say(`has a place of its own, ${placed.join(' and ')}`);
    if (place === null) return [];
    if ('problem' in place) return say(`lies nowhere: ${place.problem}`);
    const { volume: other, subdir } = place.endpoint;
    if (!input.names.volumes.has(other)) return say(`lies on ${other}, which is not defined`);
    if (input.spec.provided?.[other] !== undefined) return say(`lies on ${other}, which an executor provides too`);
    return subdir === '' ? say(`takes all of ${other}`) : [];
  });
}

/** What is in the folder of such a volume is its executor's. To copy it is another matter. */
function intruders(input: CheckInput): Finding[] {
  const places = new Places(input.spec);
  const all = Object.values(input.spec.provided ?? {}).flatMap(({ name, on }) =>
    on === null ? [] : [{ name, place: places.of(on) }],
  );
  const around = (place: string, name = ''): string | undefined =>
    all.find((each) => each.name !== name && place.startsWith(each.place))?.name;
  const volumes = all.flatMap(({ name, place }) => {
    const other = around(place, name);
    return other === undefined ? [] : [remarkAt(input, ['volumes', name], providedUnclear(name, `lies in ${other}`))];
  });
  const syncs = Object.values(input.spec.syncs).flatMap(({ name, destination, stored }) => {
    const other = stored === undefined ? around(places.of(destination)) : undefined;
    if (other === undefined) return [];
    return [
      remarkAt(input, ['syncs', name, 'destination'], providedMisused(name, `writes into the folder of ${other}`)),
    ];
  });
  return [...volumes, ...syncs];
}

function syncs(input: CheckInput): Finding[] {
  const all = input.spec.provided ?? recordOf<ProvidedVolume>([]);
  return Object.entries(input.written.syncs ?? {}).flatMap(([name, sync]) => {
    const source = parseEndpoint(sync.source);
    const read = 'endpoint' in source ? all[source.endpoint.volume] : undefined;
    const stored = input.spec.syncs[name]?.stored;
    const say = (key: string, problem: string): Finding =>
      remarkAt(input, ['syncs', name, key], providedMisused(name, problem));
    return [
      ...(read === undefined ? [] : [say('source', `reads ${read.name}, which only ${read.executor} can read`)]),
      ...(stored?.history === '' ? [say('destination', `does not name a history in ${stored.volume}`)] : []),
      ...(stored !== undefined && sync.transfer !== undefined ? [say('transfer', 'says who copies')] : []),
      ...(stored !== undefined && sync.snapshots?.mode !== undefined
        ? [say('snapshots', 'says how snapshots are made')]
        : []),
    ];
  });
}

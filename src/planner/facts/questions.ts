import type { Questions, VolumeQuestion } from '../model/questions.ts';
import { endpointKey, LOCAL_HOST, type Endpoint, type Spec, type Sync, type Volume } from '../model/spec.ts';

/**
 * What must be known to plan syncs: their volumes, endpoints and filter files, and the volumes on whose hosts their
 * commands run.
 *
 * @param syncs names; all enabled ones by default
 */
export function questionsFor(spec: Spec, syncs?: readonly string[]): Questions {
  const names = syncs && new Set(syncs);
  const wanted = Object.values(spec.syncs).filter((sync) => names?.has(sync.name) ?? sync.enabled);
  const endpoints = endpointsByVolume(wanted);
  const hosts: Questions['hosts'] = {};
  for (const name of new Set(wanted.flatMap(volumesOf))) {
    const volume = spec.volumes[name];
    if (volume === undefined) continue;
    const host = (hosts[volume.host] ??= { volumes: [], endpoints: [] });
    host.volumes.push(volumeQuestion(volume));
    for (const [key, { subdir }] of endpoints.get(name) ?? []) host.endpoints.push({ key, volume: name, subdir });
  }
  const { onBattery, metered } = spec.policy;
  if ([onBattery, metered].some((each) => each !== null && each !== 'run')) {
    (hosts[LOCAL_HOST] ??= { volumes: [], endpoints: [] }).conditions = true;
  }
  return { syncs: wanted.map(({ name }) => name), hosts, filterFiles: [...new Set(wanted.flatMap(filterFilesOf))] };
}

/** For what has begun: that goes on, whatever became of battery and network. */
export function withoutConditions({ hosts, ...rest }: Questions): Questions {
  const plain = Object.entries(hosts).map(([id, { volumes, endpoints }]) => [id, { volumes, endpoints }] as const);
  return { ...rest, hosts: Object.fromEntries(plain) };
}

export function volumeQuestion({ name, path, mount }: Volume): VolumeQuestion {
  return { volume: name, path, uuid: mount?.deviceUuid ?? null };
}

function volumesOf({ source, destination, before, after, onFailure }: Sync): string[] {
  const commands = [...before, ...after, ...onFailure].flatMap(({ onVolume }) => onVolume ?? []);
  return [source.volume, destination.volume, ...commands];
}

function endpointsByVolume(syncs: readonly Sync[]): Map<string, Map<string, Endpoint>> {
  const byVolume = new Map<string, Map<string, Endpoint>>();
  for (const endpoint of syncs.flatMap(({ source, destination }) => [source, destination])) {
    const ofVolume = byVolume.get(endpoint.volume) ?? new Map<string, Endpoint>();
    byVolume.set(endpoint.volume, ofVolume.set(endpointKey(endpoint), endpoint));
  }
  return byVolume;
}

function filterFilesOf({ filters, filterFile }: Sync): string[] {
  const merged = filters.flatMap((filter) => (filter.kind === 'merge' ? [filter.path] : []));
  return filterFile === null ? merged : [...merged, filterFile];
}

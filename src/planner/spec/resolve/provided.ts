import { LOCAL_HOST, type Endpoint, type ProvidedVolume, type Spec, type Sync, type Volume } from '../../model/spec.ts';
import type { TomlTable } from '../document.ts';
import type * as Written from '../generated/spec.ts';
import { recordOf } from '../record.ts';
import { volumeSettings } from '../settings.ts';
import { parseEndpoint } from './endpoint.ts';

/** Those volumes that executors provide. What is wrong with one is for the checks to report. */
export function resolveProvided(
  volumes: Readonly<Record<string, Written.Volume>>,
  data: TomlTable,
): Record<string, ProvidedVolume> {
  return recordOf(
    Object.entries(volumes).flatMap(([name, { on, description = null }]): [string, ProvidedVolume][] => {
      const [table] = Object.entries(volumeSettings(data, name));
      const place = on === undefined ? { endpoint: null } : parseEndpoint(on);
      if (table === undefined || 'problem' in place) return [];
      const [executor, settings] = table;
      return [[name, { name, executor, on: place.endpoint, settings, description }]];
    }),
  );
}

/** The folders of marks of those that lie on no other volume. Where the state directory is another, its reader says so. */
export function markFolders(provided: Readonly<Record<string, ProvidedVolume>>): [string, Volume][] {
  return Object.values(provided)
    .filter(({ on }) => on === null)
    .map(({ name }) => {
      const path = `~/.local/state/nbkp/stores/${name}`;
      return [name, { name, path, ssh: null, host: LOCAL_HOST, mount: null, description: null, marksOnly: true }];
    });
}

/** The spec of whoever has this state directory. */
export function withMarkFolders(spec: Spec, state: string): Spec {
  const volumes = Object.values(spec.volumes).map((volume): [string, Volume] => [
    volume.name,
    volume.marksOnly === true ? { ...volume, path: `${state}/stores/${volume.name}` } : volume,
  ]);
  return { ...spec, volumes: recordOf(volumes) };
}

interface History {
  provider: ProvidedVolume;
  stored: NonNullable<Sync['stored']>;
  /** Where its marks and its lock are. */
  destination: Endpoint;
}

/** The history that an endpoint names in a volume that an executor provides; nothing for any other. */
export function historyIn(
  provided: Readonly<Record<string, ProvidedVolume>>,
  { volume, subdir }: Endpoint,
): History | Record<string, never> {
  const provider = provided[volume];
  if (provider === undefined) return {};
  const { on } = provider;
  if (on === null) return { provider, stored: { volume, history: subdir }, destination: { volume, subdir } };
  const place = [on.subdir, subdir].filter((part) => part !== '').join('/');
  return { provider, stored: { volume, history: subdir }, destination: { volume: on.volume, subdir: place } };
}

import type { DirectoryFacts, Facts } from '../../src/planner/model/facts.ts';
import { world, type VolumeWorld } from './facts.ts';
import { planOf } from './planning.ts';

/** Each sync as `[source, destination]` with more lines of its table; volumes as their paths. */
export interface Scene {
  volumes: Record<string, VolumeWorld>;
  syncs: Record<string, [source: string, destination: string, ...more: string[]]>;
  change?: (facts: Facts) => void;
}

/** The code of each sync, `ok` for one that is planned. */
export function codes({ volumes, syncs, change }: Scene): Record<string, string> {
  const toml = [
    'version = 1',
    // The spec does not know where a home is, so that only facts can tell what is inside it.
    ...Object.entries(volumes).map(
      ([name, { path }]) => `[volumes.${name}]\npath = "${path === '/home/ada' ? '~' : path}"`,
    ),
    ...Object.entries(syncs).map(
      ([name, [source, destination, ...more]]) =>
        `[syncs.${name}]\nsource = "${source}"\ndestination = "${destination}"\n${more.join('\n')}`,
    ),
  ];
  const keys = Object.values(syncs).flatMap(([source, destination]) => [source, destination]);
  const endpoints = Object.fromEntries(keys.map((key) => [key, { source: true, destination: true }]));
  const facts = world({ volumes, endpoints });
  change?.(facts);
  return Object.fromEntries(planOf(toml.join('\n'), facts).syncs.map(({ name, code }) => [name, code ?? 'ok']));
}

export function directory(facts: Facts, key: string): DirectoryFacts {
  const found = facts.endpoints[key]?.directory;
  if (found == null) throw new Error(`${key} is not there`);
  return found;
}

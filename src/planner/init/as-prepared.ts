import type { DirectoryFacts, EndpointFacts, Facts } from '../model/facts.ts';
import { endpointKey, type Spec } from '../model/spec.ts';

/** The facts as they will be when `prepare` has run: for showing what the first backup will do. */
export function asPrepared(spec: Spec, facts: Facts): Facts {
  const volumes = Object.entries(facts.volumes).map(([name, volume]) => [name, { ...volume, sentinel: true }] as const);
  const endpoints = { ...facts.endpoints };
  for (const { source, destination } of Object.values(spec.syncs)) {
    for (const [endpoint, written] of [[source, false] as const, [destination, true] as const]) {
      const known = endpoints[endpointKey(endpoint)];
      const holder = facts.volumes[endpoint.volume]?.directory;
      if (known === undefined || holder == null) continue;
      endpoints[endpointKey(endpoint)] = written ? readyDestination(known, holder) : readySource(known);
    }
  }
  return { ...facts, volumes: Object.fromEntries(volumes), endpoints };
}

function readySource(known: EndpointFacts): EndpointFacts {
  return { ...known, sentinels: { ...known.sentinels, source: true } };
}

function readyDestination(known: EndpointFacts, holder: DirectoryFacts): EndpointFacts {
  const fresh = { ...holder, realPath: known.path, inode: `new:${known.path}`, empty: true, subvolume: false };
  const subvolume = {
    ...fresh,
    realPath: `${known.path}/staging`,
    inode: `new:${known.path}/staging`,
    subvolume: true,
  };
  return {
    ...known,
    directory: known.directory ?? fresh,
    sentinels: { ...known.sentinels, destination: true },
    latest: known.latest.kind === 'absent' ? { kind: 'none-yet' } : known.latest,
    snapshots: known.snapshots ?? {},
    staging: known.staging ?? subvolume,
  };
}

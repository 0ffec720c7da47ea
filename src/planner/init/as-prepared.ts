import type { DirectoryFacts, EndpointFacts, Facts } from '../model/facts.ts';
import type { CopyOptions, Owner } from '../model/identity.ts';
import { FOLDER } from '../kinds/source-snapshot/commands.ts';
import { endpointKey, type Spec } from '../model/spec.ts';
import { decideOptions } from '../volumes/copy-options.ts';

/** The facts as they will be when `prepare` has run: for showing what the first backup will do. */
export function asPrepared(spec: Spec, facts: Facts): Facts {
  const volumes = Object.entries(facts.volumes).map(([name, volume]) => [name, { ...volume, sentinel: true }] as const);
  const endpoints = { ...facts.endpoints };
  for (const sync of Object.values(spec.syncs)) {
    const { name, source, destination, sourceSnapshot } = sync;
    const id = facts.endpoints[endpointKey(source)]?.identity?.source ?? 'drawn by prepare';
    const owner = { source: id, machine: facts.machine.hostname, spec: spec.path, sync: name };
    for (const [endpoint, written] of [[source, false] as const, [destination, true] as const]) {
      const known = endpoints[endpointKey(endpoint)];
      const holder = facts.volumes[endpoint.volume]?.directory;
      if (known === undefined || holder == null) continue;
      endpoints[endpointKey(endpoint)] = written
        ? readyDestination(known, holder, withOptions(owner, decideOptions({ spec, facts }, sync, holder.mount)))
        : readySource(known, id, sourceSnapshot !== null);
    }
  }
  return { ...facts, volumes: Object.fromEntries(volumes), endpoints };
}

function withOptions(owner: Owner, options: CopyOptions | null): Owner {
  return options === null ? owner : { ...owner, options };
}

function readySource(known: EndpointFacts, id: string, isSnapshotted: boolean): EndpointFacts {
  return {
    ...known,
    ...(isSnapshotted ? { leftovers: [...known.leftovers, FOLDER] } : {}),
    sentinels: { ...known.sentinels, source: true },
    ...(known.identity === undefined ? {} : { identity: { ...known.identity, source: id } }),
  };
}

function readyDestination(known: EndpointFacts, holder: DirectoryFacts, owner: Owner): EndpointFacts {
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
    ...(known.directory === null || known.identity?.owner === null ? { identity: { ...known.identity, owner } } : {}),
    latest: known.latest.kind === 'absent' ? { kind: 'none-yet' } : known.latest,
    snapshots: known.snapshots ?? {},
    staging: known.staging ?? subvolume,
  };
}

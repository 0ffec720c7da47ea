import { namesIn } from '../hosts/browse/names-in.ts';
import { destinationAt } from '../hosts/observe/destination-at.ts';
import { splitCopy } from '../planner/model/copy-name.ts';
import type { EndpointFacts } from '../planner/model/facts.ts';
import { LOCAL_HOST, type Spec, type Sync } from '../planner/model/spec.ts';
import { chooseSnapshot } from '../planner/retention/choose.ts';
import { parseSnapshotName } from '../planner/retention/names.ts';
import { endsOf } from '../planner/volumes/ends.ts';
import { readHistory } from '../store/dead-runs.ts';
import { runIds } from '../store/stored-runs.ts';
import type { Surroundings } from './surroundings.ts';

/** The names that a spec and the state directory give. */
export interface Names {
  syncs(): readonly string[];
  volumes(): readonly string[];
  /** Of servers. */
  locations(): readonly string[];
  runs(): readonly string[];
  snapshots(sync: string): readonly string[];
  /** In a folder of a copy, relative to it and with a slash at its end unless empty. Folders have a slash. */
  entries(copy: string, folder: string): readonly string[];
}
type AtHand = Pick<Surroundings, 'state' | 'now'> & { spec: Spec };

/** Names that a person may mean, each looked up when it is asked for, and only here. */
export function knownNames({ state, now }: Pick<Surroundings, 'state' | 'now'>, spec: Spec | null): Names {
  return {
    syncs: () => Object.keys(spec?.syncs ?? {}),
    volumes: () => Object.keys(spec?.volumes ?? {}),
    locations: () => Object.values(spec?.ssh ?? {}).flatMap(({ locations }) => locations),
    runs: () => runIds(state),
    snapshots: (name) => {
      const sync = spec?.syncs[name];
      return spec === null || sync === undefined ? [] : snapshotsOf({ spec, state, now }, sync);
    },
    entries: (copy, folder) => {
      const { sync: name, snapshot } = splitCopy(copy);
      const sync = spec?.syncs[name];
      return spec === null || sync === undefined ? [] : entriesOf({ spec, state, now }, sync, snapshot, folder);
    },
  };
}

function snapshotsOf(at: AtHand, sync: Sync): string[] {
  const there = destinationOf(at, sync);
  const names = Object.keys(there?.snapshots ?? {}).filter((name) => parseSnapshotName(name) !== null);
  return names.length === 0 ? [] : [...names.sort(), 'latest'];
}

/** What a folder of a copy holds. */
function entriesOf(at: AtHand, sync: Sync, wanted: string | null, folder: string): string[] {
  const there = destinationOf(at, sync);
  const chosen = there === null ? null : chooseSnapshot(sync, there, wanted, at.now());
  if (there === null || chosen?.ok !== true) return [];
  return namesIn(chosen.value === null ? there.path : `${there.path}/snapshots/${chosen.value}`, folder);
}

/** Only of what is here now: nobody waits for a server while typing. */
function destinationOf({ spec, state }: AtHand, sync: Sync): EndpointFacts | null {
  const volume = spec.volumes[sync.destination.volume];
  if (volume === undefined || volume.host !== LOCAL_HOST) return null;
  const mounted = readHistory(state, spec.path, endsOf(spec)).history[sync.name]?.lastSuccess?.mountTarget ?? null;
  const path = volume.path ?? mounted;
  return path === null ? null : destinationAt(path, sync.destination.subdir);
}

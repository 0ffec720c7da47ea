import type { ExecutorPlanning, StoredHistory, StoredSnapshot } from '../model/executor.ts';
import type { EndpointFacts, Facts, SnapshotEntry } from '../model/facts.ts';
import { endpointKey, type Spec } from '../model/spec.ts';
import { incompleteMark, snapshotName } from '../retention/names.ts';

/** The facts with what executors say of the histories that they keep, in the place of what a folder would say. */
export function withHistories(spec: Spec, facts: Facts, executors: readonly ExecutorPlanning[]): Facts {
  const histories = Object.values(spec.syncs).flatMap((sync): [string, EndpointFacts][] => {
    const key = endpointKey(sync.destination);
    const observed = facts.endpoints[key];
    const executor = executors.find(({ name }) => name === sync.transfer);
    const asked = facts.answers?.[sync.transfer]?.[sync.name];
    if (sync.stored === undefined || observed === undefined || asked === undefined) return [];
    const history = executor?.volumes?.history({ spec, facts, sync });
    return history === undefined ? [] : [[key, { ...observed, ...factsOf(history) }]];
  });
  return histories.length === 0
    ? facts
    : { ...facts, endpoints: { ...facts.endpoints, ...Object.fromEntries(histories) } };
}

function factsOf(history: StoredHistory): Pick<EndpointFacts, 'stored' | 'snapshots' | 'latest'> {
  if (history.state !== 'ready') return { stored: history, snapshots: null, latest: { kind: 'none-yet' } };
  const named = withNames(history.snapshots);
  const latest = named.at(-1)?.name;
  return {
    stored: { state: 'ready', ...(history.room === undefined ? {} : { room: history.room }) },
    snapshots: Object.fromEntries(named.flatMap(entriesOf)),
    latest: latest === undefined ? { kind: 'none-yet' } : { kind: 'snapshot', name: latest },
  };
}

interface Named extends StoredSnapshot {
  name: string;
}

/** Each by its time, as the snapshots of folders are called. Of several in one millisecond the later ones get the next. */
function withNames(snapshots: readonly StoredSnapshot[]): Named[] {
  let last = -Infinity;
  return snapshots
    .map((snapshot) => ({ ...snapshot, time: Date.parse(snapshot.at) }))
    .sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
    .map(({ time, ...snapshot }) => {
      last = Math.max(time, last + 1);
      return { ...snapshot, name: snapshotName(last, 'linux') };
    });
}

function entriesOf({ name, id, incomplete }: Named): [string, SnapshotEntry][] {
  const entry: [string, SnapshotEntry] = [name, { kind: 'stored', id }];
  return incomplete === true ? [entry, [incompleteMark(name), { kind: 'file' }]] : [entry];
}

import { storeRoom } from '../kinds/stored/room.ts';
import type { Facts } from '../model/facts.ts';
import type { Plan, PlannedSync } from '../model/plan.ts';
import type { RunRecord } from '../model/run.ts';
import type { SimulationDocument, SyncSimulation, VolumeSimulation } from '../model/simulation.ts';
import { endpointKey, type Keep, type Spec } from '../model/spec.ts';
import { classifySnapshots } from '../retention/classify.ts';
import { paceOf } from '../retention/foreseen.ts';
import { simulate } from '../retention/simulate.ts';
import { observedHeader } from './status.ts';

/** Growth is that of so many of the last runs; fewer than `FEWEST` say nothing. */
const RECENT = 10;
const FEWEST = 3;

export interface SimulationInput {
  spec: Spec;
  facts: Facts;
  /** Of purpose `prune`: which syncs it is about, and where they are. */
  plan: Plan;
  /** Of the last runs, newest first. */
  records: readonly RunRecord[];
  /** So many after today. */
  days: number;
  /** In place of those of the spec; null for everything. */
  keep?: Keep | null | undefined;
}

/** What retention keeps on each day to come if runs go on as they did, and about what room that takes. */
export function simulationDocument(input: SimulationInput): SimulationDocument {
  const { spec, facts, plan, days } = input;
  const syncs = plan.syncs.filter(({ mode }) => mode !== 'none').map((planned) => simulated(planned, input));
  return {
    formatVersion: '1.0',
    ...observedHeader(spec, facts, { findings: [] }),
    days,
    syncs,
    volumes: Object.keys({ ...spec.volumes, ...spec.provided }).flatMap((name) => volumeOf(name, syncs, input) ?? []),
  };
}

function simulated(planned: PlannedSync, { spec, facts, records, days, keep: given }: SimulationInput): SyncSimulation {
  const { name, destination, marks = destination, mode, reason, code, state } = planned;
  const keep = given === undefined ? (spec.syncs[name]?.snapshots.keep ?? null) : given;
  const observed = state === 'skipped' || state === 'disabled' ? undefined : facts.endpoints[marks];
  const { snapshots } = observed === undefined ? { snapshots: [] } : classifySnapshots(observed);
  const { growth, runs } = growthOf(name, records);
  const daily = observed === undefined ? [] : simulate(snapshots, keep, { now: Date.parse(facts.observedAt), days });
  return {
    ...{ name, destination, mode },
    ...(observed !== undefined || reason === undefined ? {} : { reason }),
    ...(observed !== undefined || code === undefined ? {} : { code }),
    ...{ keep, every: paceOf(snapshots), growth, runs },
    days: daily.map((day) => ({
      ...day,
      bytes: growth === null ? null : growth * Math.max(day.snapshots - 1, 0),
    })),
  };
}

/** The first run copies all there is: the median does not care. Of two in the middle the smaller. */
function growthOf(name: string, records: readonly RunRecord[]): Pick<SyncSimulation, 'growth' | 'runs'> {
  const bytes = records
    .flatMap(({ syncs }) => syncs.find((sync) => sync.name === name && sync.snapshot !== undefined)?.bytes ?? [])
    .slice(0, RECENT)
    .sort((one, other) => one - other);
  const median = bytes[Math.floor((bytes.length - 1) / 2)] ?? null;
  return { growth: bytes.length < FEWEST ? null : median, runs: bytes.length };
}

/** Null for a volume where none of these snapshots are. */
function volumeOf(volume: string, all: readonly SyncSimulation[], input: SimulationInput): VolumeSimulation | null {
  const { spec, facts } = input;
  const syncs = all.filter(({ name }) => filledBy(spec, facts, name) === volume);
  if (syncs.length === 0) return null;
  const directory = spec.provided?.[volume] === undefined ? facts.volumes[volume]?.directory : null;
  const freeBytes = directory?.freeBytes ?? roomIn(volume, spec, facts);
  const length = Math.min(...syncs.map(({ days }) => days.length));
  const isKnown = freeBytes !== null && length > 0 && syncs.every(({ growth }) => growth !== null);
  const days = Math.max(length - 1, 0);
  if (!isKnown) return { name: volume, freeBytes, days, freeAtEnd: null, fullOn: null };
  const taken = (at: number): number => syncs.reduce((sum, { days }) => sum + (days[at]?.bytes ?? 0), 0);
  const now = syncs.reduce((sum, sync) => sum + takenNow(sync, input), 0);
  const left = Array.from({ length }, (_, at) => freeBytes - (taken(at) - now));
  const full = left.findIndex((bytes) => bytes < 0);
  return {
    name: volume,
    freeBytes,
    days,
    freeAtEnd: left.at(-1) ?? null,
    fullOn: full === -1 ? null : (syncs[0]?.days[full]?.day ?? null),
  };
}

/** The volume whose room a sync takes. */
function filledBy(spec: Spec, { endpoints }: Facts, name: string): string | undefined {
  const sync = spec.syncs[name];
  const there = sync && endpoints[endpointKey(sync.destination)];
  return there !== undefined && storeRoom(there) !== null ? sync?.stored?.volume : sync?.destination.volume;
}

function roomIn(volume: string, { syncs }: Spec, { endpoints }: Facts): number | null {
  const histories = Object.values(syncs).filter(({ stored }) => stored?.volume === volume);
  const rooms = histories.flatMap(({ destination }) => storeRoom(endpoints[endpointKey(destination)] ?? {}) ?? []);
  return rooms[0]?.freeBytes ?? null;
}

function takenNow({ name, growth }: SyncSimulation, { spec, facts }: SimulationInput): number {
  const sync = spec.syncs[name];
  const observed = sync && facts.endpoints[endpointKey(sync.destination)];
  const count = observed === undefined ? 0 : classifySnapshots(observed).snapshots.length;
  return (growth ?? 0) * Math.max(count - 1, 0);
}

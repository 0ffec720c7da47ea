import { aroundRun } from '../compile/around-run.ts';
import { newDraft, warn, type Ended, type Planned, type Stop } from '../compile/draft.ts';
import { withDrives } from '../compile/drives.ts';
import { findingsOf, finishPlan, plannedSync } from '../compile/finish.ts';
import { upstreamsOf } from '../compile/select.ts';
import { BACKUP, PRUNE, SCRIPT } from '../compile/stages.ts';
import { topologicalOrder } from '../model/graph.ts';
import type { Finding } from '../model/finding.ts';
import { runAtWork, staleUpstream } from '../model/findings/presence.ts';
import type { Plan, PlanInput } from '../model/plan.ts';
import type { Sync } from '../model/spec.ts';

/** `script`: steps to make a script from, whatever stops them now. Nobody runs such a plan or is shown it. */
export type Purpose = 'backup' | 'prune' | 'script';

const STAGES = { backup: BACKUP, prune: PRUNE, script: SCRIPT } as const;

/**
 * The plan of a backup: what each sync does, what opens and closes the drives for that, and what executors do around it
 * all. Pure: the same input makes the same bytes.
 *
 * @param syncs those that were asked for (`selectSyncs`), sorted by name
 */
export function buildPlan(input: PlanInput, syncs: readonly Sync[], purpose: Purpose = 'backup'): Plan {
  const ended = endedSyncs(input, syncs, purpose);
  const of = new Map(ended.map((each) => [each.sync.name, each]));
  const byName = syncs.flatMap(({ name }) => of.get(name) ?? []);
  const planned = byName.map(plannedSync);
  const drives = withDrives(input, ended);
  const around = aroundRun(input, planned, drives.steps);
  return finishPlan(input, purpose === 'script' ? 'backup' : purpose, {
    syncs: planned,
    steps: around.steps,
    findings: [...atWork(input, syncs), ...byName.flatMap(findingsOf), ...drives.findings, ...around.findings],
  });
}

function atWork({ facts }: PlanInput, syncs: readonly Sync[]): Finding[] {
  return syncs.flatMap(({ name }) => {
    const run = facts.running?.[name];
    return run === undefined ? [] : [{ ...runAtWork(name, run), sync: name }];
  });
}

function endedSyncs(input: PlanInput, syncs: readonly Sync[], purpose: Purpose): Ended[] {
  const upstreams = upstreamsOf(input.spec);
  const planned = new Map<string, Planned>();
  const drafts = upstreamFirst(syncs, upstreams).map((sync) =>
    newDraft(input, sync, upstreams.get(sync.name) ?? null, planned),
  );
  const ended = STAGES[purpose].run(drafts, (draft) => planned.set(draft.sync.name, draft));
  if (purpose === 'backup') ended.forEach((each) => sayStale(each, ended));
  return ended;
}

/** What a chain copies is as old as the last run of the sync that it reads from, which nobody would look for here. */
function sayStale(draft: Ended, ended: readonly Ended[]): void {
  const { upstream } = draft;
  if (draft.stop !== null || upstream === null) return;
  const before = ended.find(({ sync }) => sync.name === upstream.name)?.stop ?? null;
  if (before === null || before.state === 'disabled') return;
  const last = draft.input.facts.history[upstream.name]?.lastSuccess?.at ?? null;
  warn(draft, staleUpstream(draft.sync.name, upstream.name, { state: before.state, last }));
}

/**
 * All that keeps each sync from being planned, not only what decides: by its name, what decides first. A sync that reads
 * what another one writes is looked at as if that one had been planned, where it is.
 */
export function stopsOf(input: PlanInput, syncs: readonly Sync[]): ReadonlyMap<string, readonly Stop[]> {
  const ended = endedSyncs(input, syncs, 'backup');
  const planned = new Map(ended.flatMap((each) => (each.stop === null ? [[each.sync.name, each] as const] : [])));
  const upstreams = upstreamsOf(input.spec);
  const drafts = syncs.map((sync) => newDraft(input, sync, upstreams.get(sync.name) ?? null, planned));
  const stops = BACKUP.stops(drafts);
  return new Map(syncs.map(({ name }, index) => [name, stops[index] ?? []]));
}

function upstreamFirst(syncs: readonly Sync[], upstreams: ReadonlyMap<string, Sync>): Sync[] {
  const wanted = new Map(syncs.map((sync) => [sync.name, sync]));
  const sorted = topologicalOrder([...wanted.keys()], (name) => {
    const upstream = upstreams.get(name);
    // Nobody waits for a disabled sync, so that it may be part of a circle.
    return upstream?.enabled === true && wanted.has(upstream.name) ? [upstream.name] : [];
  });
  if ('cycle' in sorted) throw new Error(`the spec was accepted with a cycle: ${sorted.cycle.join(', ')}`);
  return sorted.order.flatMap((name) => wanted.get(name) ?? []);
}

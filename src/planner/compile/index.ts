import { topologicalOrder } from '../model/graph.ts';
import type { Plan, PlanPurpose, PlanInput } from '../model/plan.ts';
import type { Sync } from '../model/spec.ts';
import { aroundRun } from './around-run.ts';
import { available } from './available.ts';
import { conditions } from './conditions.ts';
import { withDrives } from './drives.ts';
import { newDraft, type Draft, type Pass } from './draft.ts';
import { findingsOf, finishPlan, plannedSync } from './finish.ts';
import { guardedByFacts } from './guards.ts';
import { overlaps } from './overlap.ts';
import { prepared } from './prepared.ts';
import { readable } from './readable.ts';
import { upstreamsOf } from './select.ts';
import { pruneOnly, stepped } from './steps.ts';
import { syncDisabled } from '../model/findings/presence.ts';

/**
 * What each sync goes through, in this order; the first pass that stops it decides. `available` runs for all of them
 * before the others run for any, because directories can be compared only when all are known.
 */
const PASSES: readonly Pass[] = [prepared, readable, guardedByFacts, stepped];

/** For `snapshots prune`: nothing is read or copied. */
const PRUNE_PASSES: readonly Pass[] = [prepared, pruneOnly];

/**
 * Compiles the plan of a spec. Pure: the same input makes the same bytes.
 *
 * @param syncs those that were asked for (`selectSyncs`), sorted by name
 */
export function buildPlan(input: PlanInput, syncs: readonly Sync[], purpose: 'backup' | 'prune' = 'backup'): Plan {
  const drafts = draftAll(input, syncs, purpose);
  const byName = syncs.flatMap((sync) => drafts.get(sync.name) ?? []);
  const planned = byName.map(plannedSync);
  const drives = withDrives(input, [...drafts.values()]);
  const around = aroundRun(input, planned, drives.steps);
  return finishPlan(input, purpose, {
    syncs: planned,
    steps: around.steps,
    findings: [...byName.flatMap(findingsOf), ...drives.findings, ...around.findings],
  });
}

function draftAll(input: PlanInput, syncs: readonly Sync[], purpose: PlanPurpose): Map<string, Draft> {
  const upstreams = upstreamsOf(input.spec);
  const drafts = new Map<string, Draft>();
  for (const sync of upstreamFirst(syncs, upstreams)) {
    const draft = newDraft(input, sync, upstreams.get(sync.name) ?? null, drafts);
    drafts.set(sync.name, draft);
    draft.stop = sync.enabled
      ? purpose === 'prune'
        ? available(draft, ['destination'])
        : (available(draft, ['source', 'destination']) ?? conditions(draft))
      : disabled(sync);
  }
  const running = [...drafts.values()].filter((draft) => draft.stop === null);
  const overlapping = overlaps(running);
  for (const draft of running) {
    draft.stop = overlapping.get(draft.sync.name) ?? firstStop(draft, purpose === 'prune' ? PRUNE_PASSES : PASSES);
    if (draft.stop !== null) draft.steps = [];
  }
  return drafts;
}

function firstStop(draft: Draft, passes: readonly Pass[]): Draft['stop'] {
  for (const pass of passes) {
    const stop = pass(draft);
    if (stop !== null) return stop;
  }
  return null;
}

function disabled(sync: Sync): Draft['stop'] {
  return {
    state: 'disabled',
    finding: { ...syncDisabled(), sync: sync.name },
  };
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

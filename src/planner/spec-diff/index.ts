import type { DiffDocument, DiffSide, FieldDiff, StepDiff, SyncDiff } from '../model/diff.ts';
import type { Plan, PlannedSync } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { Known } from '../model/known.ts';
import { retentionDiffs } from './retention.ts';
import { remarksOf } from './remarks.ts';
import { diffSteps, withNames } from './steps.ts';

/** One side of a comparison. A plan file has no spec with it, so what a reviewer is told of specs needs two specs. */
export interface Side {
  side: DiffSide;
  plan: Plan;
  /** What the plan was made from; null for a plan file. */
  from: Known | null;
}

/** A sync of both sides, or of one. */
export interface Pair {
  was: PlannedSync | null;
  is: PlannedSync | null;
}

/**
 * Compares two plans by what they do. Syncs are matched by name, then by destination; steps by id. The order of tables in
 * a spec, texts and estimates make no difference.
 */
export function diffPlans(a: Side, b: Side): DiffDocument {
  const pairs = matchSyncs(a.plan.syncs, b.plan.syncs);
  const renamed = new Map(
    pairs.flatMap(({ was, is }) => (was === null || is === null || was.name === is.name ? [] : [[was.name, is.name]])),
  );
  const before = bySync(withNames(a.plan.steps, renamed), (sync) => renamed.get(sync) ?? sync);
  const after = bySync(b.plan.steps, (sync) => sync);
  const stepsOf = (steps: ReadonlyMap<string, Step[]>, name: string): Step[] => steps.get(name) ?? [];
  const all = pairs.map((pair) => {
    const name = (pair.is ?? pair.was)?.name ?? '';
    return syncDiff(pair, diffSteps(stepsOf(before, name), stepsOf(after, name)));
  });
  const syncs = all.filter((sync) => sync !== null);
  const steps = diffSteps(stepsOf(before, NO_SYNC), stepsOf(after, NO_SYNC));
  const retention = retentionDiffs(a, b, pairs);
  const { basis, createdAt, machine } = b.plan;
  return {
    formatVersion: '1.0',
    a: a.side,
    b: b.side,
    basis,
    facts: basis === 'none' ? null : { observedAt: createdAt, hostname: machine.hostname },
    syncs,
    steps,
    ...(retention.length === 0 ? {} : { retention }),
    summary: summaryOf(syncs, steps, all.length),
    findings: remarksOf(a, b, pairs),
  };
}

/** True when nothing that a run would do differs. */
export function isSame({ syncs, steps, retention = [] }: DiffDocument): boolean {
  return syncs.length === 0 && steps.length === 0 && retention.length === 0;
}

function matchSyncs(was: readonly PlannedSync[], is: readonly PlannedSync[]): Pair[] {
  const byName = new Map(was.map((sync) => [sync.name, sync]));
  const names = new Set(is.map((sync) => sync.name));
  const left = new Map(was.filter(({ name }) => !names.has(name)).map((sync) => [sync.destination, sync]));
  const pairs = is.map((sync): Pair => {
    const same = byName.get(sync.name) ?? left.get(sync.destination) ?? null;
    if (same !== null && same.name !== sync.name) left.delete(sync.destination);
    return { was: same, is: sync };
  });
  const gone = was.filter((sync) => left.get(sync.destination) === sync);
  return [...pairs, ...gone.map((sync): Pair => ({ was: sync, is: null }))];
}

/** No sync can be called so. */
const NO_SYNC = '';

function bySync(steps: readonly Step[], nameOf: (sync: string) => string): Map<string, Step[]> {
  const groups = new Map<string, Step[]>();
  for (const step of steps) {
    const name = step.sync === undefined ? NO_SYNC : nameOf(step.sync);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [step]);
    else group.push(step);
  }
  return groups;
}

const FIELDS = ['state', 'reason', 'source', 'destination', 'mode'] as const;

function syncDiff({ was, is }: Pair, steps: StepDiff[]): SyncDiff | null {
  const sync = is ?? was;
  if (sync === null) throw new Error('a pair of no sync');
  const { name } = sync;
  if (was === null) return { name, change: 'added', fields: fieldsOf(null, is), steps };
  if (is === null) return { name, change: 'removed', fields: fieldsOf(was, null), steps };
  const fields = fieldsOf(was, is);
  if (was.name !== is.name) return { name, renamedFrom: was.name, change: 'renamed', fields, steps };
  return fields.length === 0 && steps.length === 0 ? null : { name, change: 'changed', fields, steps };
}

function fieldsOf(was: PlannedSync | null, is: PlannedSync | null): FieldDiff[] {
  return FIELDS.map((field) => ({ field, was: was?.[field] ?? '', is: is?.[field] ?? '' })).filter(
    (found) => found.was !== found.is,
  );
}

function summaryOf(syncs: readonly SyncDiff[], steps: readonly StepDiff[], all: number): DiffDocument['summary'] {
  const every = [...syncs.flatMap((sync) => sync.steps), ...steps];
  const count = (change: SyncDiff['change']): number => syncs.filter((sync) => sync.change === change).length;
  const countSteps = (change: StepDiff['change']): number => every.filter((step) => step.change === change).length;
  return {
    syncs: {
      ...{ added: count('added'), removed: count('removed'), renamed: count('renamed'), changed: count('changed') },
      unchanged: all - syncs.length,
    },
    steps: { added: countSteps('added'), removed: countSteps('removed'), changed: countSteps('changed') },
  };
}

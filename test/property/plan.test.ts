import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topologicalOrder } from '../../src/planner/model/graph.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import { PLACEHOLDER, snapshotPlaceholder, type Step } from '../../src/planner/model/step.ts';
import { upstreamsOf } from '../../src/planner/compile/select.ts';
import { canonical } from '../../src/planner/model/canonical.ts';
import { decodePlan } from '../../src/planner/plan-file/decode.ts';
import { readPointer } from '../../src/planner/model/pointer.ts';
import { checkPreconditions } from '../../src/planner/plan-file/staleness.ts';
import { classifySnapshots } from '../../src/planner/retention/classify.ts';
import { PLANNING, planOf, specFrom, stepIn } from '../support/planning.ts';
import { scenes, tomlOf, type Scene } from './worlds.ts';

/** In each test; the worlds are small and plenty. */
const RUNS = { numRuns: 120 };

function planFor({ tables, facts, request, purpose }: Scene): Plan {
  return planOf(specFrom(tomlOf(tables)), facts, request, purpose);
}

function holds(check: (plan: Plan, scene: Scene) => void): void {
  fc.assert(
    fc.property(scenes, (scene) => check(planFor(scene), scene)),
    RUNS,
  );
}

/** All that has to have succeeded before a step runs. */
function ancestors(plan: Plan, step: Step): Set<string> {
  const found = new Set<string>();
  const open = [...step.dependsOn];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...stepIn(plan, id).dependsOn);
  }
  return found;
}

function prunes(plan: Plan): Step[] {
  return plan.steps.filter((step) => step.kind === 'prune');
}

/** The endpoint that a sync writes to. */
function destinationOf(plan: Plan, { facts }: Scene, step: Step) {
  const endpoint = facts.endpoints[plan.syncs.find((sync) => sync.name === step.sync)?.destination ?? ''];
  if (endpoint === undefined) throw new Error(`${step.id} writes to nowhere`);
  return endpoint;
}

/** Names of entries of `snapshots/` that its commands name. */
function touched(step: Step, path: string): Set<string> {
  const below = `${path}/snapshots/`;
  return new Set(
    step.commands
      .flat()
      .flatMap((word) => (word.startsWith(below) ? [word.slice(below.length).split('/')[0] ?? ''] : [])),
  );
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
}

describe('the worlds that are tried', () => {
  const plans = fc.sample(scenes, { numRuns: 400, seed: 1 }).map(planFor);
  const syncs = plans.flatMap((plan) => plan.syncs);
  const steps = plans.flatMap((plan) => plan.steps);
  const commands = steps.flatMap((step) => step.commands).map((argv) => argv.join(' '));

  it.each(['planned', 'skipped', 'disabled', 'blocked'])('have syncs that are %s', (state) => {
    expect(syncs.filter((sync) => sync.state === state).length).toBeGreaterThan(20);
  });

  it.each(['transfer', 'snapshot', 'prune', 'command'])('have steps of kind %s', (kind) => {
    expect(steps.filter((step) => step.kind === kind).length).toBeGreaterThan(20);
  });

  it.each([
    ['chains that wait for a snapshot', /-- \S*\{snapshot:/],
    ['transfers that are taken up again', /exec mv -T .*\.partial-\d/],
    ['prunes that were interrupted', /^rm -rf \S*\.prune-/],
    ['subvolumes to delete', /^btrfs subvolume delete/],
    ['second passes', /--filter=merge -/],
  ])('have %s', (_, pattern) => {
    expect(commands.filter((command) => pattern.test(command)).length).toBeGreaterThan(3);
  });

  it('have retention lines of each verdict', () => {
    const verdicts = new Set(syncs.flatMap((sync) => sync.retention.map((line) => line.verdict)));
    expect([...verdicts].sort()).toEqual(['keep', 'prune', 'unverified']);
  });
});

describe('every plan', () => {
  it('is an acyclic graph whose steps come after what they depend on', () => {
    holds((plan) => {
      const ids = plan.steps.map((step) => step.id);
      expect(new Set(ids).size).toBe(ids.length);
      const before = new Set<string>();
      for (const step of plan.steps) {
        for (const id of step.dependsOn) expect(before).toContain(id);
        before.add(step.id);
      }
      expect(topologicalOrder(ids, (id) => stepIn(plan, id).dependsOn)).toEqual({ order: ids });
    });
  });

  it('releases only what it acquires', () => {
    holds((plan) => {
      for (const { releases } of plan.steps) {
        if (releases !== undefined) expect(stepIn(plan, releases).action).toBe('acquire');
      }
    });
  });

  it('prunes only after the success of the sync', () => {
    holds((plan, { purpose }) => {
      for (const prune of prunes(plan)) {
        const before = ancestors(plan, prune);
        const awaited = [`transfer:${prune.sync ?? ''}`, `snapshot:${prune.sync ?? ''}`];
        if (purpose === 'backup') expect([...before]).toEqual(expect.arrayContaining(awaited));
        else expect(plan.steps.every((step) => step.kind === 'prune')).toBe(true);
      }
    });
  });

  it('prunes what latest names only once a new snapshot certainly took its place', () => {
    holds((plan, scene) => {
      for (const prune of prunes(plan)) {
        const destination = destinationOf(plan, scene, prune);
        if (destination.latest.kind !== 'snapshot') continue;
        if (!touched(prune, destination.path).has(destination.latest.name)) continue;
        expect(scene.purpose).toBe('backup');
        expect(stepIn(plan, `snapshot:${prune.sync ?? ''}`).deferred).toBeUndefined();
        expect(destination.latest.name < scene.facts.observedAt).toBe(true);
      }
    });
  });

  it('prunes verified snapshots and leftovers of prunes, and touches nothing else', () => {
    holds((plan, scene) => {
      for (const prune of prunes(plan)) {
        const destination = destinationOf(plan, scene, prune);
        const { snapshots, pruneLeftovers } = classifySnapshots(destination);
        const mayGo = snapshots.flatMap((snapshot) => [snapshot.name, `.prune-${snapshot.name}`]);
        const names = touched(prune, destination.path);
        expect([...mayGo, ...pruneLeftovers]).toEqual(expect.arrayContaining([...names]));
      }
    });
  });

  it('prunes nothing that a retention line keeps, and says so of everything that it prunes', () => {
    holds((plan, scene) => {
      for (const sync of plan.syncs) {
        if (sync.state !== 'planned') continue;
        const goes = sync.retention.filter((line) => line.verdict === 'prune').map((line) => line.name);
        const prune = plan.steps.find((step) => step.id === `prune:${sync.name}`);
        const names = prune === undefined ? [] : [...touched(prune, destinationOf(plan, scene, prune).path)];
        expect(names.filter((each) => !each.startsWith('.prune-')).sort()).toEqual(goes.sort());
        for (const line of sync.retention) expect(line.reasons.length).toBeGreaterThan(0);
      }
    });
  });

  it('has steps for planned syncs and for no others', () => {
    holds((plan, { purpose }) => {
      for (const sync of plan.syncs) {
        const own = plan.steps.filter((step) => step.sync === sync.name).map((step) => step.id);
        expect(sync.steps).toEqual(own);
        if (sync.state !== 'planned') expect(own).toEqual([]);
        else if (purpose === 'backup') expect(own).toContain(`transfer:${sync.name}`);
        expect(sync.reason === undefined).toBe(sync.state === 'planned');
      }
    });
  });

  it('has an error for every sync that is blocked, and for no other', () => {
    holds((plan) => {
      const errors = new Set(plan.findings.filter((each) => each.severity === 'error').map((each) => each.sync));
      const blocked = new Set(plan.syncs.filter((sync) => sync.state === 'blocked').map((sync) => sync.name));
      expect(errors).toEqual(blocked);
    });
  });

  it('uses placeholders of the step’s own sync, or of the one that its sync reads', () => {
    holds((plan, { tables }) => {
      const upstreams = upstreamsOf(specFrom(tomlOf(tables)));
      for (const step of plan.steps) {
        const upstream = upstreams.get(step.sync ?? '')?.name;
        for (const found of JSON.stringify(step.commands).match(PLACEHOLDER) ?? []) {
          const maker = found.slice(found.indexOf(':') + 1, -1);
          expect([step.sync, upstream]).toContain(maker);
          if (maker !== step.sync) expect([...ancestors(plan, step)]).toContain(`snapshot:${maker}`);
        }
      }
    });
  });

  it('reads the source itself or its verified latest snapshot, and nothing between', () => {
    holds((plan, { facts }) => {
      for (const step of plan.steps.filter((each) => each.kind === 'transfer')) {
        const key = plan.syncs.find((sync) => sync.name === step.sync)?.source ?? '';
        const source = facts.endpoints[key];
        if (source === undefined) throw new Error(`${step.id} reads from nowhere`);
        const upstream = plan.syncs.find((sync) => sync.destination === key)?.name;
        const newest = upstream === undefined ? 'none' : snapshotPlaceholder(upstream);
        const latest = classifySnapshots(source).latest?.name ?? 'none';
        const allowed = [source.path, ...[newest, latest].map((each) => `${source.path}/snapshots/${each}`)];
        expect(allowed).toContain(readPointer(step.params, '/source'));
      }
    });
  });

  it('relies on facts that are there and so', () => {
    holds((plan, { facts }) => {
      for (const { preconditions } of plan.steps) {
        expect(checkPreconditions(preconditions, facts)).toEqual([]);
        for (const { check, fact, value } of preconditions) {
          // What must not be may well not be there.
          if (check !== 'none-of' && value !== null) expect(readPointer(facts, fact), fact).toBeDefined();
        }
      }
    });
  });

  it('shows the commands that its executors would run', () => {
    holds((plan) => {
      for (const step of plan.steps) {
        const executor = PLANNING.find((each) => each.name === step.executor.name);
        expect(executor?.commands(step.params)).toEqual(step.commands);
        expect(executor?.kinds).toContain(step.kind);
        expect(step.commands.length).toBeGreaterThan(0);
      }
    });
  });

  it('holds the lock of the destination for each step that writes there', () => {
    holds((plan, scene) => {
      for (const step of plan.steps.filter((each) => each.kind !== 'command')) {
        const { path } = destinationOf(plan, scene, step);
        expect(step.locks).toContainEqual({ path: `${path}/.nbkp-lock`, mode: 'exclusive' });
        expect(step.devices.length).toBeGreaterThan(0);
      }
    });
  });

  it('survives a file', () => {
    holds((plan) => {
      expect(decodePlan(canonical(plan), 'plan.json')).toMatchObject({ ok: true, value: plan });
    });
  });

  it('is the same, to the byte, for the same spec and facts, which it leaves as they are', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const spec = specFrom(tomlOf(scene.tables));
        deepFreeze(spec);
        deepFreeze(scene);
        const plan = (): string => JSON.stringify(planOf(spec, scene.facts, scene.request, scene.purpose));
        expect(plan()).toBe(plan());
      }),
      RUNS,
    );
  });

  it('prunes nothing when it is told not to', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const plan = planFor({ ...scene, request: { ...scene.request, prune: false } });
        expect(prunes(plan)).toEqual([]);
        expect(plan.syncs.flatMap((sync) => sync.retention).filter((line) => line.verdict === 'prune')).toEqual([]);
      }),
      RUNS,
    );
  });
});

import { isDeepStrictEqual } from 'node:util';
import { partsOf } from '../../planner/model/pointer.ts';
import type { Facts } from '../../planner/model/facts.ts';
import type { Json } from '../../planner/model/json.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { Precondition, Step } from '../../planner/model/step.ts';
import type { Law } from '../law.ts';
import type { Rehearsal, Scene } from '../rehearsal.ts';
import type { Planned } from '../stage.ts';
import { traceOf } from '../trace.ts';
import { changes } from './planning.ts';

/** None of them can be params that the kit's authors know. */
const UNKNOWN: readonly Json[] = [
  null,
  'something',
  7,
  [],
  {},
  { commands: [['rm', '-rf', '/nowhere']] },
  { a: [null] },
];

type Change = [string, Partial<Step>];

export const changedPlan: Law = {
  name: 'changed-plan',
  says: 'of a step that somebody changed in the plan nothing runs, whatever its params are now',
  async hold(rehearsal) {
    const scene = await rehearsal.begin();
    const planned = await scene.stage.planned();
    const own = rehearsal.own(planned.plan);
    const [step = own[0]] = own.toSorted((a, b) => upTo(planned.plan, a.id).length - upTo(planned.plan, b.id).length);
    if (step === undefined) return;
    for (const change of changesOf(step)) await refuses(rehearsal, scene, planned, step, change);
  },
};

function changesOf({ commands, params }: Step): Change[] {
  const strange = UNKNOWN.filter((each) => JSON.stringify(each) !== JSON.stringify(params));
  return [
    ['a word was added to its commands', { commands: commands.map((argv) => [...argv, '/']) }],
    ['a command was left out', { commands: commands.slice(1) }],
    ...strange.map((each): Change => [`its params became ${JSON.stringify(each)}`, { params: each }]),
  ];
}

async function refuses(
  rehearsal: Rehearsal,
  scene: Scene,
  { plan, facts }: Planned,
  step: Step,
  [what, change]: Change,
): Promise<void> {
  const steps = upTo(plan, step.id).map((each) => (each === step ? { ...each, ...change } : each));
  const when = `The plan was changed: of ${step.id} ${what}.`;
  const before = traceOf(scene.stage.root);
  const record = await rehearsal.run(scene, { plan: { ...plan, steps }, facts });
  const codes = record.findings.map(({ code }) => code);
  const touched = changes(before, traceOf(scene.stage.root));
  const help =
    'commands(params) has to depend on all that `apply` takes from params, and to throw for params that it does not know.';
  if (scene.recorder.own.length > 0 || !codes.includes('plan-commands-differ')) {
    rehearsal.broken({ when, found: 'The step was run all the same.', help });
  }
  if (touched.length > 0) rehearsal.broken({ when, found: `Changed: ${touched.join(', ')}`, help });
}

export const facts: Law = {
  name: 'facts',
  says: 'its steps name the facts that they rely on, and change nothing when one of them is not so any more',
  async hold(rehearsal) {
    let scene = await rehearsal.begin();
    const { plan, facts: known } = await scene.stage.planned();
    const cases = rehearsal.own(plan).flatMap((step) => {
      const added = scene.stage.addedTo(step, known);
      return step.preconditions.flatMap((relied, at) =>
        added.some((each) => isDeepStrictEqual(each, relied)) ? [] : [{ id: step.id, at }],
      );
    });
    expectCases(rehearsal, cases.length);
    for (const { id, at } of cases) {
      const alone = await stopsAt(rehearsal, scene, id, at);
      // What it waits for has changed something.
      if (!alone) scene = await rehearsal.begin();
    }
  },
};

function expectCases(rehearsal: Rehearsal, cases: number): void {
  const relies = rehearsal.subject.world.reliesOnFacts ?? true;
  if (relies === cases > 0) return;
  rehearsal.broken(
    relies
      ? {
          found: 'None of its steps has a precondition.',
          help: 'A decision that used a fact says so in `preconditions`. If it uses none, the world says `reliesOnFacts: false`.',
        }
      : { found: `Its steps have ${cases} preconditions, and the world says \`reliesOnFacts: false\`.` },
  );
}

/** Runs a step, and what it waits for, in a world in which one precondition does not hold. @returns it waits for nothing */
async function stopsAt(rehearsal: Rehearsal, scene: Scene, id: string, at: number): Promise<boolean> {
  const { stage } = scene;
  const { plan, facts: known } = await stage.planned();
  const steps = upTo(plan, id);
  const relied = steps.at(-1)?.preconditions[at];
  if (relied === undefined) return rehearsal.broken({ found: `${id} was planned otherwise in the same world.` });
  let before: string[] = [];
  const record = await rehearsal.run(
    scene,
    { plan: { ...plan, steps }, facts: known },
    {
      seen: async (step, look) => {
        const seen = await look();
        if (step.id !== id) return seen;
        before = traceOf(stage.root);
        return without(seen, relied);
      },
    },
  );
  const when = `${id} ran, and this was not so any more: ${relied.description} (${relied.fact}).`;
  const ended = record.steps.find((step) => step.id === id);
  const said = ended?.findings.map(({ code, message }) => `${code}: ${message}`).join('\n') ?? '';
  if (ended?.outcome !== 'failed' || !said.includes('plan-stale')) {
    rehearsal.broken({ when, found: `The step ended as "${ended?.outcome ?? 'not run'}". ${said}` });
  }
  const touched = changes(before, traceOf(stage.root));
  if (touched.length > 0) rehearsal.broken({ when, found: `Changed: ${touched.join(', ')}` });
  return steps.length === 1;
}

/** A step and all that it waits for. */
function upTo(plan: Plan, id: string): Step[] {
  const wanted = new Set([id]);
  const steps = plan.steps.toReversed().filter((step) => {
    if (!wanted.has(step.id)) return false;
    for (const awaited of step.dependsOn) wanted.add(awaited);
    return true;
  });
  return steps.reverse();
}

/** Facts in which a precondition does not hold. */
function without(seen: Facts, precondition: Precondition): Facts {
  const path = partsOf(precondition.fact);
  // What is shared in memory is not one thing in the world.
  const changed = JSON.parse(JSON.stringify(seen)) as Facts;
  let place = changed as unknown as Record<string, unknown>;
  for (const part of path.slice(0, -1)) {
    const next = place[part];
    place = (typeof next === 'object' && next !== null ? next : (place[part] = {})) as Record<string, unknown>;
  }
  place[path.at(-1) ?? ''] = otherThan(precondition);
  return changed;
}

function otherThan({ check, value }: Precondition): Json {
  if (check === 'at-least') return Number(value) - 1;
  if (check === 'none-of') return Array.isArray(value) ? (value[0] ?? null) : null;
  return typeof value === 'boolean' ? !value : 'something else';
}

import type { World } from '../../hosts/world.ts';
import { selectSyncs } from '../../planner/compile/select.ts';
import { reliesOnAnswers } from '../../planner/facts/answers.ts';
import { questionsFor, volumeQuestion, withoutConditions } from '../../planner/facts/questions.ts';
import { unnamedPrunes } from '../../planner/kinds/prune/planning.ts';
import type { Facts } from '../../planner/model/facts.ts';
import type { Plan, PlanInput } from '../../planner/model/plan.ts';
import { pointer } from '../../planner/model/pointer.ts';
import { endpointKey, LOCAL_HOST, type Spec, type Sync } from '../../planner/model/spec.ts';
import type { Step } from '../../planner/model/step.ts';
import { decideSync, type Decision } from '../../planner/plan-file/fit.ts';
import { renewSync } from '../../planner/plan-file/renew.ts';
import { SharedLooks } from './shared-looks.ts';
import { buildPlan } from '../../planner/purposes/backup.ts';

/** What a run asks and plans again while it goes on. */
export interface Replanning {
  /** What is now of the facts that the step's preconditions name. */
  observeStep(step: Step): Promise<Facts>;
  /** Whether that is the same for two steps. */
  looksAlike(one: Step, other: Step): boolean;
  /**
   * Plans a sync anew whose drives are open now.
   *
   * @param values of the placeholders that are known
   */
  decide(sync: string, values: Readonly<Record<string, string>>): Promise<Decision>;
  /**
   * Plans a sync anew whose destination another run has changed since, now that its lock is held. Null when what it is now
   * is not what was shown.
   */
  renew(sync: string): Promise<ReadonlyMap<string, Step | null> | null>;
}

/** The same planner decides, from what is there now, what could not be known when `plan` was made from `madeFrom`. */
export function replanning(world: Pick<World, 'observe'>, plan: Plan, madeFrom: PlanInput): Replanning {
  const { spec } = madeFrom;
  const asks = (step: Step) => asksAgain(step, step.sync === undefined ? undefined : spec.syncs[step.sync]);
  const shared = new SharedLooks((names) => world.observe(questionsFor(spec, names), { answers: false }));
  return {
    // What executors are asked may take long, and they may answer otherwise each time.
    looksAlike: (one, other) =>
      one.sync !== undefined && one.sync === other.sync && [one, other].every((step) => asks(step) === false),
    observeStep: (step) => {
      const { sync, volume } = step;
      const place = sync === undefined || asks(step) !== false ? null : placeHere(spec, sync);
      if (sync !== undefined && place !== null) return shared.at(place, sync);
      const alone = sync === undefined && volume !== undefined ? (spec.volumes[volume] ?? []) : [];
      return world.observe(questionsFor(spec, sync === undefined ? [] : [sync]), {
        volumes: [alone].flat().map(volumeQuestion),
        answers: asks(step),
      });
    },
    decide: async (sync, values) => {
      const about = spec.syncs[sync];
      if (about === undefined) throw new Error(`the spec has no sync ${sync}`);
      return decideSync(plan, await planAgain(world, plan, madeFrom), sync, values, unnamedPrunes(about));
    },
    renew: async (sync) => renewSync(plan, await planAgain(world, plan, madeFrom), sync),
  };
}

/** The volumes that a look for a sync is at, where all are of this machine. */
function placeHere(spec: Spec, sync: string): string | null {
  const { [LOCAL_HOST]: here, ...servers } = questionsFor(spec, [sync]).hosts;
  if (here === undefined || Object.keys(servers).length > 0) return null;
  return here.volumes
    .map(({ volume }) => volume)
    .sort()
    .join(' ');
}

/** What an executor keeps is known from its answers. */
function asksAgain(step: Step, sync: Sync | undefined): boolean | 'files' {
  if (sync?.stored === undefined) return reliesOnAnswers(step);
  const history = ['snapshots', 'latest', 'stored'].map((part) =>
    pointer('endpoints', endpointKey(sync.destination), part),
  );
  return step.preconditions.some(({ fact }) => history.some((each) => fact.startsWith(each))) || reliesOnAnswers(step);
}

async function planAgain(
  world: Pick<World, 'observe'>,
  { request, purpose }: Plan,
  madeFrom: PlanInput,
): Promise<Plan> {
  const { spec, facts } = madeFrom;
  const { history } = facts;
  const selected = selectSyncs(spec, request);
  if (!selected.ok) throw new Error('the request of the plan does not fit its spec');
  const names = selected.value.map(({ name }) => name);
  const observed = await world.observe(withoutConditions(questionsFor(spec, names)), { history: () => history });
  const input = { ...madeFrom, facts: { ...observed, history }, request };
  return buildPlan(input, selected.value, purpose === 'prune' ? 'prune' : 'backup');
}

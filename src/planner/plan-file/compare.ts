import { type Finding, findingOf } from '../model/finding.ts';
import type { Plan, PlannedSync } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import { describeChanges, sameJson } from '../model/json-changes.ts';
import { planStale } from '../model/findings/plan-files.ts';

/**
 * Are the steps of a saved plan what the planner makes now, from the same request and fresh facts? What is compared is
 * what a step does, when and under which conditions; its texts and estimates may differ, and so may the device numbers,
 * which change when a drive is plugged in again. The values of preconditions are for `checkPreconditions`.
 *
 * Syncs that were not planned then and are now are left alone: the saved plan does not run them.
 *
 * @returns `plan-stale` errors, none when the plan can be run as it is
 */
export function comparePlans(saved: Plan, fresh: Plan): Finding[] {
  const savedSyncs = new Map(saved.syncs.map((sync) => [sync.name, sync]));
  const freshSyncs = new Map(fresh.syncs.map((sync) => [sync.name, sync]));
  const savedSteps = new Map(saved.steps.map((step) => [step.id, step]));
  const freshSteps = new Map(fresh.steps.map((step) => [step.id, step]));
  const gone = saved.syncs.filter(
    ({ name, state }) => state === 'planned' && freshSyncs.get(name)?.state !== 'planned',
  );
  const goneNames = new Set(gone.map(({ name }) => name));
  const needed = neededSteps(fresh, (name) => savedSyncs.get(name)?.state === 'planned');
  const findings = [
    ...gone.map((sync) => goneFinding(sync, freshSyncs.get(sync.name))),
    ...saved.steps
      .filter(({ sync }) => sync !== undefined && savedSyncs.get(sync)?.state !== 'planned')
      .map((step) => stale(step, `${step.id} is of a sync that the plan does not run.`)),
    ...saved.steps
      .filter(({ sync }) => sync === undefined || !goneNames.has(sync))
      .flatMap((step) => compareStep(step, freshSteps.get(step.id))),
    ...fresh.steps
      .filter(({ id }) => !savedSteps.has(id) && needed.has(id))
      .map((step) => stale(step, `${step.id} would have to be run too: ${step.reason}.`)),
  ];
  return findings.length > 0 ? findings : compareOrder(saved, fresh, savedSteps);
}

/**
 * The steps of some syncs, those that they wait for, those that release what these acquire, and what is done around the whole
 * run, which is about no volume.
 */
function neededSteps({ steps }: Plan, isWanted: (sync: string) => boolean): ReadonlySet<string> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const needed = new Set<string>();
  const add = (step: Step | undefined): void => {
    if (step === undefined || needed.has(step.id) || (step.sync !== undefined && !isWanted(step.sync))) return;
    needed.add(step.id);
    for (const id of step.dependsOn) if (byId.get(id)?.sync === undefined) add(byId.get(id));
  };
  const around = ({ sync, volume }: Step): boolean => sync === undefined && volume === undefined;
  steps.filter((step) => step.sync !== undefined || around(step)).forEach(add);
  steps.filter(({ releases }) => releases !== undefined && needed.has(releases)).forEach(add);
  return needed;
}

function goneFinding({ name }: PlannedSync, now: PlannedSync | undefined): Finding {
  const state =
    now === undefined ? 'not in the spec' : `${now.state}${now.reason === undefined ? '' : `: ${now.reason}`}`;
  return stale({ sync: name }, `${name} was planned and is now ${state}`.replace(/\.?$/, '.'));
}

function compareStep(saved: Step, fresh: Step | undefined): Finding[] {
  if (fresh === undefined) return [stale(saved, `${saved.id} would not be planned any more.`)];
  const changes = differenceOf(saved, fresh);
  return changes === '' ? [] : [stale(saved, `${saved.id} would be planned otherwise now: ${changes}.`)];
}

/** In what two steps of one id differ that counts, in words; empty when they do the same under the same conditions. */
export function differenceOf(saved: Step, fresh: Step): string {
  return describeChanges(comparable(saved), comparable(fresh));
}

function comparable(step: Step): object {
  const { kind, executor, sync, volume, host, action, dependsOn, releases, runsOn, destructive } = step;
  const preconditions = step.preconditions.map(({ fact, check }) => ({ fact, check }));
  const { commands, locks, params, secrets = [] } = step;
  return {
    // Which versions do the same, `checkOrigin` says.
    ...{ kind, executor: executor.name, sync, volume, host, action, dependsOn, releases, runsOn, destructive },
    ...{ preconditions, commands, locks, params, secrets },
  };
}

function compareOrder(saved: Plan, fresh: Plan, savedSteps: ReadonlyMap<string, Step>): Finding[] {
  const before = saved.steps.map(({ id }) => id);
  const now = fresh.steps.map(({ id }) => id).filter((id) => savedSteps.has(id));
  return sameJson(before, now) ? [] : [stale({}, 'Its steps would be in another order now.')];
}

function stale(about: Partial<Pick<Step, 'sync' | 'volume'>>, message: string): Finding {
  return findingOf(about, planStale(message));
}

import type { Finding } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import * as plans from '../model/findings/plan-files.ts';

/** Where a plan is about to be applied. */
export interface Here {
  machine: { hostname: string; user: string };
  /** Version of nbkp. */
  version: string;
  /** `sha256:…` of the spec as it is now. */
  specDigest: string;
  /** Versions of the executors that are installed, by name. */
  executors: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 UTC. */
  now: number;
}

/** Two machines may differ by so much, in milliseconds, without anybody having set a clock wrong. */
const AHEAD = 600_000;

/**
 * May this plan be applied here? Paths, drives and rights mean something else on another machine or for another user,
 * another version may plan or run the same step otherwise, and the spec is where the plan's orders come from.
 *
 * @returns errors: `plan-not-applyable`, `plan-other-machine`, `plan-other-user`, `plan-other-tool`, `plan-other-spec`,
 * `plan-other-executor`, `plan-from-future`
 */
export function checkOrigin(plan: Plan, here: Here): Finding[] {
  const { machine, tool, spec } = plan;
  return [
    ...(plan.applyable && plan.basis === 'observed' ? [] : [notApplyable(plan)]),
    ...differs(plans.planOtherMachine, `on ${machine.hostname}`, machine.hostname, here.machine.hostname),
    ...differs(plans.planOtherUser, `by the user ${machine.user}`, machine.user, here.machine.user),
    ...differs(plans.planOtherTool, `by nbkp ${tool.version}`, tool.version, here.version),
    ...(spec.digest === here.specDigest ? [] : [plans.planOtherSpec(spec.path)]),
    ...otherExecutors(plan, here.executors),
    ...(Date.parse(plan.createdAt) - here.now <= AHEAD
      ? []
      : [plans.planFromFuture(plan.createdAt, new Date(here.now).toISOString())]),
  ];
}

type Differs = (made: string, here: string) => Finding;

function differs(finding: Differs, made: string, was: string, is: string): Finding[] {
  return was === is ? [] : [finding(made, is)];
}

function notApplyable({ basis }: Plan): Finding {
  const from =
    basis === 'none' ? 'from the spec alone' : basis === 'recorded' ? 'from recorded facts' : 'to be looked at';
  return plans.planNotApplyable(from);
}

/** Steps of another major version (semver.org, 8) may mean something else. One that is missing is found later. */
function otherExecutors({ steps }: Plan, installed: Here['executors']): Finding[] {
  const used = new Map(steps.map(({ executor }) => [executor.name, executor.version]));
  return [...used].flatMap(([name, version]): Finding[] => {
    const here = installed[name];
    if (here === undefined || majorOf(here) === majorOf(version)) return [];
    return [plans.planOtherExecutor(name, version, here)];
  });
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? '';
}

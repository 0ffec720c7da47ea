import type { Finding } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';

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
    ...(plan.applyable ? [] : [notApplyable(plan)]),
    ...differs('machine', `on ${machine.hostname}`, machine.hostname, here.machine.hostname),
    ...differs('user', `by the user ${machine.user}`, machine.user, here.machine.user),
    ...differs('tool', `by nbkp ${tool.version}`, tool.version, here.version),
    ...(spec.digest === here.specDigest ? [] : [otherSpec(plan)]),
    ...otherExecutors(plan, here.executors),
    ...(Date.parse(plan.createdAt) - here.now <= AHEAD ? [] : [fromFuture(plan, here.now)]),
  ];
}

/** What it deletes was decided by a clock that this one contradicts. */
function fromFuture({ createdAt }: Plan, now: number): Finding {
  return {
    severity: 'error',
    code: 'plan-from-future',
    message: `The plan says that it was made at ${createdAt}, and it is ${new Date(now).toISOString()} here.`,
    help: 'If this clock is wrong, set it. Then make a new plan: nbkp plan --out FILE',
  };
}

function differs(what: 'machine' | 'user' | 'tool', made: string, was: string, is: string): Finding[] {
  if (was === is) return [];
  return [
    {
      severity: 'error',
      code: `plan-other-${what}`,
      message: `The plan was made ${made}, and this is ${is}.`,
      help: 'A plan is applied where it was made. Make one here: nbkp plan --out FILE',
    },
  ];
}

function notApplyable({ basis }: Plan): Finding {
  const from =
    basis === 'none' ? 'from the spec alone' : basis === 'recorded' ? 'from recorded facts' : 'to be looked at';
  return {
    severity: 'error',
    code: 'plan-not-applyable',
    message: `The plan was made ${from} and cannot be applied.`,
    help: 'Make one from what is there now, without --facts and --offline: nbkp plan --out FILE',
  };
}

function otherSpec({ spec }: Plan): Finding {
  return {
    severity: 'error',
    code: 'plan-other-spec',
    message: `The spec ${spec.path} is not the one that the plan was made from.`,
    help: 'Make a new plan of it and look at what changed: nbkp plan --out FILE',
  };
}

/** Steps of another major version (semver.org, 8) may mean something else. One that is missing is found later. */
function otherExecutors({ steps }: Plan, installed: Here['executors']): Finding[] {
  const used = new Map(steps.map(({ executor }) => [executor.name, executor.version]));
  return [...used].flatMap(([name, version]): Finding[] => {
    const here = installed[name];
    if (here === undefined || majorOf(here) === majorOf(version)) return [];
    return [
      {
        severity: 'error',
        code: 'plan-other-executor',
        message: `The plan was made with version ${version} of the executor ${name}, and installed is ${here}.`,
        help: 'Another major version may do something else. Make a new plan: nbkp plan --out FILE',
      },
    ];
  });
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? '';
}

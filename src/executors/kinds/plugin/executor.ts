import { guardedPlanning } from '../../../planner/kinds/plugin/planning.ts';
import { findingOf } from '../../../planner/model/finding.ts';
import type { Step } from '../../../planner/model/step.ts';
import { API_VERSIONS, type Executor, type StepResult } from '../../contract.ts';
import { executorWentWrong, pluginApiVersion, pluginFailed } from '../../../planner/model/findings/plugins.ts';
import { messageOf } from '../../../planner/model/system-error.ts';

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const OUTCOMES = ['done', 'unneeded', 'failed', 'refused', 'interrupted'];

interface Problem {
  entry: typeof pluginFailed | typeof pluginApiVersion;
  problem: string;
}

/** What is wrong with something that a plugin says is an executor: an entry of the catalogue and its words; null when it is one. */
export function executorProblem(value: unknown): Problem | null {
  const { apiVersion, planning, apply } = fields(value);
  // First: in another version everything else may be called otherwise.
  if (!API_VERSIONS.some((known) => known === apiVersion)) {
    const problem = `it is made for version ${text(apiVersion)} of the executors' interface, and this nbkp understands ${API_VERSIONS.join(' and ')}`;
    return { entry: pluginApiVersion, problem };
  }
  const { name, version, kinds, commands, settings } = fields(planning);
  const problem =
    typeof name !== 'string' || !NAME.test(name) || name.length > 50
      ? `${text(name)} is no name of an executor`
      : typeof version !== 'string' || !/^\d+\.\d+\.\d+/.test(version)
        ? `the version of ${name} is ${text(version)}, and not such as 1.0.0`
        : !Array.isArray(kinds) || kinds.length === 0 || !kinds.every((kind) => typeof kind === 'string')
          ? `${name} declares no kinds of steps`
          : typeof commands !== 'function' || typeof apply !== 'function'
            ? `${name} lacks ${typeof apply === 'function' ? 'planning.commands' : 'apply'}`
            : settings !== undefined && (typeof settings !== 'object' || settings === null)
              ? `the settings of ${name} are no schemas`
              : null;
  return problem === null ? null : { entry: pluginFailed, problem };
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string {
  return value === undefined ? '(none)' : JSON.stringify(value);
}

/**
 * An executor of a plugin as nbkp uses it: mistakes of the package are findings that name it, and not nbkp's own.
 *
 * @param origin the package that brings it, as `NAME@VERSION`
 */
export function guardedExecutor(executor: Executor, origin: string): Executor {
  const { name } = executor.planning;
  return {
    apiVersion: executor.apiVersion,
    planning: guardedPlanning(executor.planning, origin, executor.apiVersion),
    async apply(step, context) {
      try {
        const result: unknown = await executor.apply(step, context);
        return isResult(result) ? result : failed(step, name, origin, 'its apply returned no result of a step');
      } catch (error) {
        return failed(step, name, origin, messageOf(error));
      }
    },
  };
}

function isResult(value: unknown): value is StepResult {
  const { outcome, findings } = fields(value);
  return typeof outcome === 'string' && OUTCOMES.includes(outcome) && Array.isArray(findings);
}

function failed(step: Step, name: string, origin: string, cause: string): StepResult {
  const finding = executorWentWrong({ executor: name, origin, step: step.id }, cause);
  return { outcome: 'failed', findings: [findingOf({ sync: step.sync }, finding)] };
}

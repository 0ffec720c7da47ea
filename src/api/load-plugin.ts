import { API_VERSION, type Executor } from '../executors/contract.ts';
import { executorProblem, guardedExecutor } from '../executors/kinds/plugin/executor.ts';
import type { PluginPackage } from '../store/plugin-packages.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { JsonSchema } from '../planner/model/json.ts';
import type { TrustedPlugin } from '../planner/model/stored.ts';
import { recordedPlanning } from '../planner/kinds/plugin/recorded.ts';
import type { SettingsCheck, SpecExecutor } from '../planner/spec/executors.ts';
import type { PluginHost } from './surroundings.ts';
import {
  executorConflict,
  type pluginApiVersion,
  pluginFailed,
  pluginHangs,
  pluginSchema,
} from '../planner/model/findings/plugins.ts';
import { messageOf } from '../planner/model/system-error.ts';

/** How long a plugin may take to load, in milliseconds. */
const PATIENCE = 5000;

/** An executor of a plugin, or why it cannot be used. */
export type LoadedExecutor =
  | { name: string; executor: Executor; checks: SpecExecutor; finding: null }
  | { name: string; executor: null; finding: Finding };

/**
 * Loads a package and asks its hook for the executors that its package.json names. Never throws: whatever is wrong with
 * the package is a finding at those executors.
 *
 * @param runHook runs the hook of the package and returns what it returns
 */
export async function loadPlugin(runHook: PluginHost['runHook'], found: PluginPackage): Promise<LoadedExecutor[]> {
  let brought: unknown;
  try {
    brought = await within(PATIENCE, runHook(found));
  } catch (error) {
    const entry = error instanceof TookTooLong ? pluginHangs : pluginFailed;
    return allBroken(found, entry, messageOf(error));
  }
  if (!Array.isArray(brought)) return allBroken(found, pluginFailed, 'its hook returned no list of executors');
  const broken = brought.map(executorProblem).find((problem) => problem !== null);
  if (broken != null) return allBroken(found, broken.entry, broken.problem);
  return judged(found, brought as Executor[]);
}

/** Each executor that the package.json names: what the hook brings beside them is not used. */
async function judged(found: PluginPackage, brought: readonly Executor[]): Promise<LoadedExecutor[]> {
  const loaded: LoadedExecutor[] = [];
  for (const name of found.executors) {
    const own = brought.filter(({ planning }) => planning.name === name);
    const [executor] = own;
    if (executor === undefined) {
      const names = brought.map(({ planning }) => planning.name).join(', ') || 'none';
      loaded.push(broken(found, name, pluginFailed, `its hook brings no executor of that name, but ${names}`));
    } else if (own.length > 1) loaded.push(broken(found, name, executorConflict, 'its hook brings two of that name'));
    else loaded.push(await withChecks(found, name, guardedExecutor(executor, originOf(found))));
  }
  return loaded;
}

/** The executors of a trusted package for who only reads a spec: by what was recorded of them. Loads nothing of it. */
export function recordedExecutors(found: PluginPackage, { executors }: TrustedPlugin): Promise<LoadedExecutor[]> {
  const loaded = executors.map((recorded) =>
    withChecks(found, recorded.name, {
      apiVersion: API_VERSION,
      planning: recordedPlanning(recorded, originOf(found)),
      apply: () => Promise.reject(new Error('an executor that was not loaded runs no step')),
    }),
  );
  return Promise.all(loaded);
}

async function withChecks(found: PluginPackage, name: string, executor: Executor): Promise<LoadedExecutor> {
  const { sync, spec, volume } = executor.planning.settings ?? {};
  try {
    const checks = { sync: await checkOf(sync), spec: await checkOf(spec), volume: await checkOf(volume) };
    return { name, executor, checks, finding: null };
  } catch (error) {
    const cause = messageOf(error);
    return broken(found, name, pluginSchema, `the schema of its settings is none: ${cause}`);
  }
}

/** Compiling is expensive: nothing of it is loaded for an executor without settings. */
async function checkOf(schema: JsonSchema | undefined): Promise<SettingsCheck | null> {
  if (schema === undefined) return null;
  const { compileSettings } = await import('../planner/spec/compile-settings.ts');
  return compileSettings(schema);
}

class TookTooLong extends Error {}

/** Not oclif's own limit: while nothing else is going on, that one lets the process end before it is over. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`it has not finished loading after ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** `NAME@VERSION` of the package. */
export function originOf({ name, version }: PluginPackage): string {
  return `${name}@${version}`;
}

function allBroken(found: PluginPackage, entry: Broken, problem: string): LoadedExecutor[] {
  return found.executors.map((name) => broken(found, name, entry, problem));
}

/** An entry of the catalogue about a package that cannot be used. */
type Broken =
  typeof pluginFailed | typeof pluginHangs | typeof pluginApiVersion | typeof pluginSchema | typeof executorConflict;

function broken(found: PluginPackage, executor: string, entry: Broken, problem: string): LoadedExecutor {
  return { name: executor, executor: null, finding: brokenFinding(found, executor, entry, problem) };
}

/** A finding that names the executor and the package. */
export function brokenFinding(found: PluginPackage, executor: string, entry: Broken, problem: string): Finding {
  return entry({ executor, origin: originOf(found), root: found.root, problem, help: remedyOf(found) });
}

function remedyOf({ name, from }: PluginPackage): string {
  if (from === 'project') return `Use another version of ${name} in the package.json beside the spec.`;
  if (from === 'link') return `Mend it there, and see: nbkp plugins inspect ${name}`;
  return `Install another version: nbkp plugins install ${name}@VERSION. Or remove it: nbkp plugins uninstall ${name}`;
}

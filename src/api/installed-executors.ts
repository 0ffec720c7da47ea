import { dirname, resolve } from 'node:path';
import { BUILT_IN } from '../executors/registry.ts';
import type { Executor } from '../executors/contract.ts';
import { findPackages, type PluginPackage } from '../store/plugin-packages.ts';
import { locateSpec } from '../store/spec-file.ts';
import type { PlanInput } from '../planner/model/plan.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { SpecExecutors } from '../planner/spec/executors.ts';
import { executorConflict, pluginNotTrusted } from '../planner/model/findings/plugins.ts';
import { brokenFinding, loadPlugin, recordedExecutors, type LoadedExecutor } from './load-plugin.ts';
import { schemaWithPlugins } from '../planner/spec/schema-with-plugins.ts';
import type { JsonSchema } from '../planner/model/json.ts';
import type { Surroundings } from './surroundings.ts';

/** The executors that a command works with: those that come with nbkp, and those of plugins that are wanted. */
export interface InstalledExecutors {
  installed: readonly Installed[];
  /** What a plan is made with. */
  planning: Pick<PlanInput, 'executors' | 'unusable' | 'unnamed'>;
  /** How a spec that names them is read. */
  known: SpecExecutors;
  get(name: string): Executor | undefined;
  /** Of packages that cannot be used at all. */
  findings: Finding[];
}

export interface Installed {
  executor: Executor;
  /** Null for one that comes with nbkp. */
  from: PluginPackage | null;
}

/** Those that come with nbkp. */
export const BUILT_IN_ONLY: InstalledExecutors = collect([], []);

const OWN_NAMES: ReadonlySet<string> = new Set(BUILT_IN.map(({ planning }) => planning.name));

/** Kinds of steps that any executor may plan. */
const SHARED_KINDS = ['transfer', 'snapshot', 'prune', 'restore'];

/**
 * Finds and loads the plugins that bring what is wanted. Where nothing but built-in executors is wanted, nothing is looked
 * for.
 *
 * @param wanted names of executors; `all` for whatever is installed
 * @param projectDir the directory of the spec; null for none
 * @param runs false for who only reads a spec: of packages beside it what was recorded is used, and none of their code
 */
export async function installedExecutors(
  around: Surroundings,
  wanted: readonly string[] | 'all',
  projectDir: string | null,
  runs: boolean,
): Promise<InstalledExecutors> {
  const missing = wanted === 'all' ? null : wanted.filter((name) => !OWN_NAMES.has(name));
  const { plugins, user, state } = around;
  if (missing?.length === 0 || plugins === null) return BUILT_IN_ONLY;
  const { packages, findings } = findPackages(plugins.dataDir, projectDir, user, state);
  const needed = packages.filter(
    ({ executors }) => missing === null || executors.some((name) => missing.includes(name)),
  );
  const recordOf = ({ from, record }: PluginPackage) => (from === 'project' && !runs ? record : null);
  const trusted = needed.filter(({ trusted }) => trusted);
  if (trusted.some((found) => recordOf(found) === null)) plugins.loaded();
  const loaded = await Promise.all(
    trusted.map(async (found) => {
      const record = recordOf(found);
      const all = record === null ? await loadPlugin(plugins.runHook, found) : await recordedExecutors(found, record);
      return all.map((each) => ({ ...each, found }));
    }),
  );
  const brought = trusted.flatMap(({ executors }) => executors);
  const untrusted = needed.flatMap((found) => (found.trusted ? [] : notTrusted(found, brought, runs)));
  const unnamed = packages.flatMap((found) => (needed.includes(found) ? [] : found.executors));
  return collect([...withConflicts(loaded.flat()), ...untrusted], findings, unnamed);
}

/** Its executors, but for names that come with nbkp or that another package brings: it takes nothing from those. */
function notTrusted(found: PluginPackage, brought: readonly string[], runs: boolean): Found[] {
  const was = found.record === null ? null : `${found.record.package}@${found.record.version}`;
  return found.executors
    .filter((name) => !OWN_NAMES.has(name) && !brought.includes(name))
    .map((name): Found => {
      const finding: Finding = { ...pluginNotTrusted(name, found, was), severity: runs ? 'error' : 'warning' };
      return { name, executor: null, finding, found };
    });
}

/**
 * Whatever is installed, and what is wrong with any of it.
 *
 * @param spec as named by `--spec`; there need not be one
 * @param runs as for `installedExecutors`
 */
export async function allExecutors(
  around: Surroundings,
  spec: string | undefined,
  runs: boolean,
): Promise<InstalledExecutors & { problems: Finding[] }> {
  const found = await installedExecutors(around, 'all', projectOf(spec, around.env), runs);
  return { ...found, problems: [...found.findings, ...Object.values(found.planning.unusable ?? {})] };
}

/** The schema of the spec with the tables of all plugins in it. Runs no code of packages beside the spec. */
export async function wholeSchema(
  around: Surroundings,
  named: string | undefined,
  schema: JsonSchema,
): Promise<{ schema: JsonSchema; problems: Finding[] }> {
  const { planning, problems } = await allExecutors(around, named, false);
  return { schema: schemaWithPlugins(schema, planning.executors), problems };
}

/** The directory of the spec, beside which packages are looked for; null when there is none. */
export function projectOf(spec: string | undefined, env: Surroundings['env']): string | null {
  const located = locateSpec(spec, env);
  return located.ok ? dirname(resolve(located.value.path)) : null;
}

type Found = LoadedExecutor & { found: PluginPackage };

/** Of two executors with one name neither is used: nobody could tell which of them a plan means. */
function withConflicts(loaded: readonly Found[]): Found[] {
  return loaded.map((each): Found => {
    const problem = conflictOf(each, loaded);
    if (problem === null) return each;
    const finding = brokenFinding(each.found, each.name, executorConflict, problem);
    return { name: each.name, executor: null, finding, found: each.found };
  });
}

function conflictOf({ name, executor, found }: Found, loaded: readonly Found[]): string | null {
  if (OWN_NAMES.has(name)) return 'nbkp has one of that name itself';
  const twin = loaded.find((other) => other.name === name && other.found !== found);
  if (twin !== undefined) return `${twin.found.name} (${twin.found.root}) brings one of that name too`;
  const kinds = executor?.planning.kinds ?? [];
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice !== undefined) return `it declares the kind ${twice} twice`;
  const own = kinds.filter((kind) => !SHARED_KINDS.includes(kind));
  const others = [...BUILT_IN, ...loaded.flatMap((other) => (other.name === name ? [] : (other.executor ?? [])))];
  const taken = others.find(({ planning }) => planning.kinds.some((kind) => own.includes(kind)));
  return taken === undefined ? null : `steps of its kinds are those of ${taken.planning.name}`;
}

function collect(loaded: readonly Found[], findings: Finding[], unnamed: string[] = []): InstalledExecutors {
  const usable = loaded.flatMap((each) => (each.executor === null ? [] : [each]));
  const installed = [
    ...BUILT_IN.map((executor) => ({ executor, from: null })),
    ...usable.map(({ executor, found }) => ({ executor, from: found })),
  ];
  const byName = new Map(installed.map(({ executor }) => [executor.planning.name, executor]));
  // Of two with one name the first is told.
  const broken = loaded.flatMap(({ name, finding }) => (finding === null ? [] : [[name, finding] as const]));
  const unusable = Object.fromEntries(broken.reverse());
  return {
    installed,
    planning: { executors: installed.map(({ executor }) => executor.planning), unusable, unnamed },
    known: knownOf(loaded, unnamed, findings.length > 0),
    get: (name) => byName.get(name),
    findings,
  };
}

/** @param unread there are packages of which nobody knows what they bring: a name that is missing may be theirs */
function knownOf(loaded: readonly Found[], unnamed: readonly string[], unread: boolean): SpecExecutors {
  return {
    of: (name) => {
      const found = loaded.find((each) => each.name === name && !OWN_NAMES.has(name));
      if (found === undefined) return unread && !OWN_NAMES.has(name) ? 'unchecked' : null;
      return found.finding === null ? found.checks : 'unchecked';
    },
    names: [...loaded.map(({ name }) => name), ...unnamed],
  };
}

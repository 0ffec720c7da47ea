import type { Config } from '@oclif/core/config';
import { dirname, resolve } from 'node:path';
import type { Place } from '../../hosts/compare/checksums-of.ts';
import { localTransport, type LocalTransport } from '../../hosts/transport/local.ts';
import { runWhereItBelongs, type Reaching } from '../../hosts/transport/reaching.ts';
import type { Transport } from '../../hosts/transport/transport.ts';
import type { FilterReading } from '../../hosts/observe/filter-files.ts';
import { observe } from '../../hosts/observe/observe.ts';
import { Servers } from '../../hosts/transport/ssh/servers.ts';
import { readHistory } from '../../store/dead-runs.ts';
import { locateSpec, readSpecFile, type SpecLocation } from '../../store/spec-file.ts';
import { executorQuestions } from '../../planner/facts/answers.ts';
import { questionsFor } from '../../planner/facts/questions.ts';
import type { Facts } from '../../planner/model/facts.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { PlanInput, PlanRequest } from '../../planner/model/plan.ts';
import type { Questions, VolumeQuestion } from '../../planner/model/questions.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { LOCAL_HOST, type Spec } from '../../planner/model/spec.ts';
import { sshPlaceholder, type Step } from '../../planner/model/step.ts';
import { executorsNamed } from '../../planner/spec/executors.ts';
import { readDocument } from '../../planner/spec/index.ts';
import { parseToml } from '../../planner/spec/toml.ts';
import { atEnd } from '../at-end.ts';
import { reachOf, type ReachFlags } from './flags.ts';
import { installedExecutors, type InstalledExecutors } from './installed-executors.ts';
import { withOpened } from './opened-drives.ts';
import { ownState, thisUser } from './this-user.ts';

/**
 * What a spec is opened for. `read`: the spec alone counts, and no code of packages beside it runs. `look`: what is there is
 * observed. `run`: its commands run, so that a spec that others can write to is refused.
 */
export type SpecUse = 'read' | 'look' | 'run';

/** What every command that works with a spec needs: the spec, this machine and the tool's own state. */
export interface Workspace {
  spec: Spec;
  /** Those that come with nbkp, and those of plugins that the spec names. */
  executors: InstalledExecutors;
  local: LocalTransport;
  servers: Servers;
  /** How filter files are read. */
  filters: Pick<FilterReading, 'owners' | 'outside'>;
  /** The state directory. */
  state: string;
  uid: number;
  /** Of nbkp. */
  version: string;
}

/**
 * Finds, reads and checks the spec, and loads the plugins that it names.
 *
 * @param config of the running nbkp
 * @param named by `--spec`, or where a plan file says that it is
 * @param reach which endpoints of servers are wanted
 * @param use what for
 */
export async function openWorkspace(
  config: Config,
  named: string | SpecLocation | undefined,
  use: SpecUse,
  reach: ReachFlags = {},
): Promise<Result<Workspace>> {
  const located = typeof named === 'object' ? success(named) : locateSpec(named, process.env);
  if (!located.ok) return located;
  const file = readSpecFile(located.value, { ...thisUser(), runs: use === 'run' });
  if (!file.ok) return file;
  const spec = await readSpecAndPlugins(config, file.value.text, file.value.path, use);
  if (!spec.ok) return failure(...file.findings, ...spec.findings);
  const { owners } = file.value;
  return success(workspaceOf(spec.value, config.version, reach, owners), [
    ...file.findings,
    ...spec.value.executors.findings,
  ]);
}

/** Reads and checks a spec, and loads the plugins that it names as far as `use` allows. */
export async function readSpecAndPlugins(
  config: Config,
  text: string,
  path: string,
  use: SpecUse,
): Promise<Result<Pick<Workspace, 'spec' | 'executors'>>> {
  const document = parseToml(text, path);
  if (!document.ok) return document;
  const names = executorsNamed(document.value);
  const executors = await installedExecutors(config, names, dirname(resolve(path)), use !== 'read');
  const spec = readDocument(document.value, executors.known);
  if (!spec.ok) return failure(...spec.findings, ...executors.findings);
  return success({ spec: withBroken(spec.value, executors), executors }, spec.findings);
}

/** A sync that needs what is broken is blocked; that steps around the whole run are missing only this can tell. */
function withBroken(spec: Spec, { planning }: InstalledExecutors): Spec {
  const broken = Object.keys(spec.settings).flatMap((name) => planning.unusable?.[name] ?? []);
  return {
    ...spec,
    findings: [...spec.findings, ...broken.map((finding) => ({ ...finding, severity: 'warning' as const }))],
  };
}

/** Of a spec that is in no file yet, too. */
export function workspaceOf(
  { spec, executors }: Pick<Workspace, 'spec' | 'executors'>,
  version: string,
  reach: ReachFlags = {},
  owners: readonly number[] = [],
): Workspace {
  const local = localTransport();
  const servers = new Servers(spec.ssh, reachOf(spec, reach), local);
  atEnd(() => servers.close());
  const filters = { owners, outside: true };
  return { spec, executors, local, servers, filters, state: ownState(), uid: thisUser().uid, version };
}

/** What the planner makes a plan from. */
export function planInput(
  { spec, executors, version }: Pick<Workspace, 'spec' | 'executors' | 'version'>,
  facts: Facts,
  request: PlanRequest,
): PlanInput {
  return { spec, facts, request, ...executors.planning, version };
}

/** Facts of this moment, with what earlier runs recorded. Findings are warnings about those records. */
export async function observeWorld(
  workspace: Workspace,
  syncs: readonly string[] | undefined,
  volumes: readonly VolumeQuestion[] = [],
): Promise<{ facts: Facts; findings: Finding[] }> {
  // While the hosts answer.
  const recorded: Partial<Pick<Facts, 'history'>> = {};
  const asked = ask(workspace, questionsFor(workspace.spec, syncs), volumes, { recorded });
  const { history, running, findings } = readHistory(workspace.state, workspace.spec.path);
  recorded.history = history;
  const busy = Object.keys(running).length === 0 ? {} : { running };
  return { facts: withOpened(workspace, { ...(await asked), history, ...busy }), findings };
}

/**
 * Observes without reading what is in the store.
 *
 * @param further `answers`: with what executors want to know besides, which they may make depend on what is `recorded`
 */
export function ask(
  { spec, local, servers, executors, filters }: Pick<Workspace, 'spec' | 'local' | 'servers' | 'executors' | 'filters'>,
  questions: Questions,
  volumes: readonly VolumeQuestion[] = [],
  { answers = true, recorded = {} }: { answers?: boolean; recorded?: Partial<Pick<Facts, 'history'>> } = {},
): Promise<Facts> {
  const hosts = { ...questions.hosts };
  for (const question of volumes) {
    const id = spec.volumes[question.volume]?.host ?? LOCAL_HOST;
    const known = hosts[id] ?? { volumes: [], endpoints: [] };
    hosts[id] = { ...known, volumes: [...known.volumes, question] };
  }
  const further = (facts: Facts) =>
    executorQuestions(spec, questions.syncs, { ...facts, ...recorded }, executors.planning.executors);
  const options = { local, servers, specPath: spec.path, filters };
  return observe({ ...questions, hosts }, answers ? { ...options, further } : options);
}

/** How things are run on a host; undefined for a server that was not reached. */
export function transportOf(
  { local, servers }: Pick<Workspace, 'local' | 'servers'>,
  host: string,
): Transport | undefined {
  return host === LOCAL_HOST ? local : servers.transport(host);
}

/** How programs of this machine reach the servers that were reached. */
export function reachingOf({ spec, servers }: Pick<Workspace, 'spec' | 'servers'>): Reaching {
  return (placeholder) => {
    const volume = Object.values(spec.volumes).find(({ name }) => sshPlaceholder(name) === placeholder);
    const transport = volume === undefined ? undefined : servers.transport(volume.host);
    return transport && { value: transport.remoteShell, run: transport.runHere };
  };
}

/** A folder on a host that has been observed. */
export function placeOf(workspace: Workspace, { host, path }: { host: string; path: string }): Place {
  const transport = transportOf(workspace, host);
  if (transport === undefined) throw new Error(`${host} was observed and is not reached`);
  return { transport, path };
}

/** Runs commands of a step where they belong. */
export function runnerOf(workspace: Workspace, { host }: Step): Pick<Transport, 'run'> {
  const transport = transportOf(workspace, host);
  if (transport === undefined) throw new Error(`a step runs on ${host}, which was not reached`);
  return { run: (argv, options = {}) => runWhereItBelongs(argv, options, transport, reachingOf(workspace)) };
}

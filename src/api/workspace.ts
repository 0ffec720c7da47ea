import { dirname, resolve } from 'node:path';
import type { HostFolder } from '../hosts/folder.ts';
import { localTransport, type LocalTransport } from '../hosts/transport/local.ts';
import type { FilterReading } from '../hosts/observe/filter-files.ts';
import { Servers } from '../hosts/transport/ssh/servers.ts';
import { childEnvironment } from '../hosts/transport/environment.ts';
import { transportTo, worldOf, type World } from '../hosts/world.ts';
import { realPath } from '../store/history.ts';
import { readHistory } from '../store/dead-runs.ts';
import { newerState } from '../store/state-format.ts';
import { locateSpec, readSpecFile, type SpecLocation } from '../store/spec-file.ts';
import { questionsFor } from '../planner/facts/questions.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { PlanInput, PlanRequest } from '../planner/model/plan.ts';
import type { VolumeQuestion } from '../planner/model/questions.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { Spec } from '../planner/model/spec.ts';
import { endsOf, withNoted } from '../planner/volumes/ends.ts';
import { withMarkFolders } from '../planner/spec/resolve/provided.ts';
import { executorsNamed } from '../planner/spec/executors.ts';
import { readDocument } from '../planner/spec/index.ts';
import { parseToml } from '../planner/spec/toml.ts';
import { reachOf, type ReachFlags } from './request.ts';
import { installedExecutors, type InstalledExecutors } from './installed-executors.ts';
import { withOpened } from './opened-drives.ts';
import { fetchPassphrase } from './secrets.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * What a spec is opened for. `read`: the spec alone counts, and no code of packages beside it runs. `look`: what is there is
 * observed. `run`: its commands run, so that a spec that others can write to is refused.
 */
export type SpecUse = 'read' | 'look' | 'run';

export { locateSpec, type SpecLocation } from '../store/spec-file.ts';

/** Which endpoints of servers are wanted, and whether filter files outside of the folder of the spec are read. */
export type ReadingFlags = ReachFlags & { outside?: boolean };

/** What every command that works with a spec needs: the spec, this machine and the tool's own state. */
export interface Workspace {
  spec: Spec;
  /** Those that come with nbkp, and those of plugins that the spec names. */
  executors: InstalledExecutors;
  local: LocalTransport;
  world: World;
  /** How filter files are read. */
  filters: Pick<FilterReading, 'owners' | 'outside'>;
  /** The state directory. */
  state: string;
  uid: number;
  env: Surroundings['env'];
  asking: Surroundings['asking'];
  now: Surroundings['now'];
  /** Passphrases that somebody has typed: nobody is asked for one twice. */
  typed: Map<string, string>;
  /** Of nbkp. */
  version: string;
  /** The spec is in no file: nobody knows how old it is. */
  fromText?: true;
}

/**
 * Finds, reads and checks the spec, and loads the plugins that it names.
 *
 * @param named by `--spec`, or where a plan file says that it is
 * @param use what for
 */
export async function openWorkspace(
  around: Surroundings,
  named: string | SpecLocation | undefined,
  use: SpecUse,
  reach: ReadingFlags = {},
): Promise<Result<Workspace>> {
  const located = typeof named === 'object' ? success(named) : locateSpec(named, around.env);
  if (!located.ok) return located;
  const file = readSpecFile(located.value, { ...around.user, runs: use === 'run' });
  if (!file.ok) return file;
  const spec = await readSpecAndPlugins(around, file.value.text, file.value.path, use);
  if (!spec.ok) return failure(...file.findings, ...spec.findings);
  const newer = use === 'read' ? null : newerState(around.state);
  if (newer !== null) return failure(newer);
  const { owners } = file.value;
  return success(workspaceOf(around, spec.value, { ...reach, runs: use === 'run' }, owners), [
    ...file.findings,
    ...spec.value.executors.findings,
  ]);
}

/** Reads and checks a spec, and loads the plugins that it names as far as `use` allows. */
export async function readSpecAndPlugins(
  around: Surroundings,
  text: string,
  path: string,
  use: SpecUse,
): Promise<Result<Pick<Workspace, 'spec' | 'executors'>>> {
  const document = parseToml(text, path);
  if (!document.ok) return document;
  const names = executorsNamed(document.value);
  const executors = await installedExecutors(around, names, dirname(resolve(path)), use !== 'read');
  const spec = readDocument(document.value, executors.known);
  if (!spec.ok) return failure(...spec.findings, ...executors.findings);
  return success(
    {
      spec: { ...withMarkFolders(withBroken(spec.value, executors), around.state), realPath: realPath(path) },
      executors,
    },
    spec.findings,
  );
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
  around: Surroundings,
  { spec, executors }: Pick<Workspace, 'spec' | 'executors'>,
  reach: ReadingFlags & { runs?: boolean } = {},
  owners: readonly number[] = [],
): Workspace {
  const { user, state, version } = around;
  const local = localTransport(childEnvironment(around.env));
  const servers = new Servers(spec.ssh, reachOf(spec, reach), local, around.env, reach.runs);
  around.atEnd(() => servers.close());
  const filters = { owners, outside: reach.outside ?? true };
  const planning = executors.planning.executors;
  const world = worldOf({
    spec,
    executors: planning,
    local,
    servers,
    filters,
    secret: (id) => fetchPassphrase(workspace, id),
  });
  const workspace: Workspace = {
    spec,
    executors,
    local,
    world,
    filters,
    state,
    uid: user.uid,
    env: around.env,
    asking: around.asking,
    now: around.now,
    typed: new Map(),
    version,
  };
  return workspace;
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
  const known = (seen: Facts): Facts['history'] => withNoted(workspace.spec, seen, history);
  const asked = workspace.world.observe(questionsFor(workspace.spec, syncs), { volumes, history: known });
  const { history, running, findings } = readHistory(workspace.state, workspace.spec.path, endsOf(workspace.spec));
  const busy = Object.keys(running).length === 0 ? {} : { running };
  const facts = await asked;
  return { facts: withOpened(workspace, { ...facts, history: known(facts), ...busy }), findings };
}

/** A folder on a host that has been observed. */
export function folderOf(
  workspace: Pick<Workspace, 'world'>,
  { host, path }: { host: string; path: string },
): HostFolder {
  return { transport: transportTo(workspace.world, host), path };
}

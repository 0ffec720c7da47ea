import { localTransport } from '../../executors/transport/local.ts';
import type { Transport } from '../../executors/transport/transport.ts';
import { observe } from '../../executors/observe/observe.ts';
import type { Servers } from '../../executors/observe/observe-server.ts';
import { readHistory } from '../../executors/store/dead-runs.ts';
import { locateSpec, readSpecFile } from '../../executors/store/spec-file.ts';
import { stateDirectory } from '../../executors/store/state-directory.ts';
import { questionsFor } from '../../planner/facts/questions.ts';
import type { Facts } from '../../planner/model/facts.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { Questions, VolumeQuestion } from '../../planner/model/questions.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { LOCAL_HOST, type Spec } from '../../planner/model/spec.ts';
import { readSpec } from '../../planner/spec/index.ts';

/** What every command that works with a spec needs: the spec, this machine and the tool's own state. */
export interface Workspace {
  spec: Spec;
  local: Transport & { killAll(): void };
  transports: ReadonlyMap<string, Transport>;
  /** How servers are asked; absent where they are not. */
  servers?: Servers;
  /** The state directory. */
  state: string;
  uid: number;
}

/**
 * Finds, reads and checks the spec.
 *
 * @param named by `--spec`
 * @param runs true for whatever runs the spec's commands: a spec that others can write to is refused then
 */
export function openWorkspace(named: string | undefined, runs: boolean): Result<Workspace> {
  const located = locateSpec(named, process.env);
  if (!located.ok) return located;
  const uid = process.getuid?.() ?? 0;
  const file = readSpecFile(located.value, { uid, gid: process.getgid?.() ?? 0, runs });
  if (!file.ok) return file;
  const spec = readSpec(file.value.text, file.value.path);
  if (!spec.ok) return failure(...file.findings, ...spec.findings);
  const local = localTransport();
  const transports = new Map([[LOCAL_HOST, local]]);
  return success({ spec: spec.value, local, transports, state: stateDirectory(process.env, uid), uid }, file.findings);
}

/** Facts of this moment, with what earlier runs recorded. Findings are warnings about those records. */
export async function observeWorld(
  workspace: Workspace,
  syncs: readonly string[] | undefined,
  volumes: readonly VolumeQuestion[] = [],
): Promise<{ facts: Facts; findings: Finding[] }> {
  const asked = ask(workspace, questionsFor(workspace.spec, syncs), volumes);
  // While the hosts answer.
  const { history, findings } = readHistory(workspace.state, workspace.spec.path);
  return { facts: { ...(await asked), history }, findings };
}

/** Observes without reading what is in the store. */
export function ask(
  { spec, transports, servers }: Pick<Workspace, 'spec' | 'transports' | 'servers'>,
  questions: Questions,
  volumes: readonly VolumeQuestion[] = [],
): Promise<Facts> {
  const local = questions.hosts[LOCAL_HOST] ?? { volumes: [], endpoints: [] };
  const hosts = { ...questions.hosts, [LOCAL_HOST]: { ...local, volumes: [...local.volumes, ...volumes] } };
  return observe({ ...questions, hosts }, { transports, specPath: spec.path, ...(servers && { servers }) });
}

import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { agentOnlyEndpoints } from '../hosts/observe/agent-only.ts';
import { encryptionOf } from '../hosts/observe/encrypted-home.ts';
import { userName } from '../hosts/observe/user-name.ts';
import { hasSystemd, lingers, presentFiles, removeFiles, writeFiles } from '../store/schedule.ts';
import { localTransport } from '../hosts/transport/local.ts';
import type { Transport } from '../hosts/transport/transport.ts';
import { configDirectory } from '../store/spec-file.ts';
import type { ScheduleDocument } from '../planner/model/documents.ts';
import type { Finding } from '../planner/model/finding.ts';
import { scheduleCommandFailed } from '../planner/model/findings/schedules.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { LOCAL_HOST } from '../planner/model/spec.ts';
import { whyNotConfined } from '../planner/schedule/hardening.ts';
import { plannedFiles } from '../planner/schedule/changes.ts';
import { scheduleRemarks } from '../planner/schedule/remarks.ts';
import { launchdPath, launchdPlist } from '../planner/schedule/elsewhere.ts';
import { ownerOf, type ScheduleRequest } from '../planner/schedule/request.ts';
import { removalCommands, systemctlOf, systemdCommands, systemdFiles } from '../planner/schedule/systemd.ts';
import { parseDuration } from '../planner/model/units.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';
import type { Workspace } from './workspace.ts';

export { cronLine } from '../planner/schedule/elsewhere.ts';
export type { ScheduleRequest } from '../planner/schedule/request.ts';

const RULES = '/etc/udev/rules.d';
const TIMEOUT_MS = 60_000;

type Env = Surroundings['env'];

interface ScheduleFlags {
  system: boolean;
  name: string;
  every: string;
  plug: boolean;
}

/** For macOS: an agent of launchd, and where it has to be. */
export function launchdAgent(request: ScheduleRequest): { path: string; text: string } {
  return { path: launchdPath(request), text: launchdPlist(request) };
}

/** What the flags and the spec ask for. @throws UsageError */
export function scheduleRequest({ spec, env }: Workspace, flags: ScheduleFlags, program: string[]): ScheduleRequest {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(flags.name)) {
    throw new UsageError(`--name ${flags.name} is no name.`, 'Lower-case letters and digits with single hyphens.');
  }
  if (!/^\d+[smhdw]$/.test(flags.every) || parseDuration(flags.every) < 60_000) {
    throw new UsageError(`--every ${flags.every} is not a duration of a minute or more.`, 'Such as 1h, 12h, 1d or 1w.');
  }
  const syncs = Object.values(spec.syncs).filter(({ enabled }) => enabled);
  const used = new Set(syncs.flatMap(({ source, destination }) => [source.volume, destination.volume]));
  const volumes = Object.values(spec.volumes).filter(({ name }) => used.has(name));
  const here = volumes.filter(({ host }) => host === LOCAL_HOST);
  const scope = flags.system ? 'system' : 'user';
  return {
    name: flags.name,
    scope,
    spec: resolve(spec.path),
    program,
    environment: environmentOf(env),
    everySeconds: parseDuration(flags.every) / 1000,
    drives: flags.plug
      ? here.flatMap(({ name, mount }) => (mount === null ? [] : [{ volume: name, uuid: mount.deviceUuid }]))
      : [],
    network: volumes.some(({ host }) => host !== LOCAL_HOST),
    onlyOnPower: spec.policy.onBattery === null,
    openBecause: whyNotConfined(spec),
    unitDirectory: unitDirectory(scope, env),
  };
}

function environmentOf(env: Env): Record<string, string> {
  const state = env['NBKP_STATE_DIR'];
  const home = env['XDG_STATE_HOME'];
  return {
    ...(state ? { NBKP_STATE_DIR: resolve(state) } : home ? { XDG_STATE_HOME: home } : {}),
    // The journal has no width: wrapped lines are harder to read there.
    COLUMNS: '160',
  };
}

/** Where units of that scope are (systemd.unit(5), "Unit File Load Path"). */
function unitDirectory(scope: 'user' | 'system', env: Env): string {
  return scope === 'system' ? '/etc/systemd/system' : join(configDirectory(env), 'systemd', 'user');
}

/** Files of schedules of that name, of whatever spec. */
function filesPresent({ name, scope }: Pick<ScheduleRequest, 'name' | 'scope'>, env: Env) {
  const folders = [unitDirectory(scope, env), ...(scope === 'system' ? [RULES] : [])];
  return presentFiles(name, folders);
}

/** What installing would change, and what there is to say about it. */
export async function scheduleDocument(
  { spec, local, env }: Workspace,
  request: ScheduleRequest,
): Promise<Result<ScheduleDocument>> {
  const present = filesPresent(request, env);
  if (!present.ok) return present;
  const files = plannedFiles(systemdFiles(request), present.value, request.spec);
  if (!files.ok) return failure(...files.findings);
  const user = userName();
  const agentOnly = await agentOnlyEndpoints(spec.ssh, env, local);
  const encryptedBy = encryptionOf(unitDirectory(request.scope, env), user, homedir());
  const facts = { user, lingers: lingers(user), encryptedBy, agentOnly };
  const findings: Finding[] = scheduleRemarks(spec, request.scope, facts);
  const { name, scope } = request;
  const commands = systemdCommands(request);
  return success({ formatVersion: '1.0', name, scope, files: files.value, commands, findings });
}

/** Whether systemd is at work on this machine. */
export function canSchedule(): boolean {
  return hasSystemd();
}

/** Whether these files are there already, and the timers are on. */
export async function isScheduled({ local }: Workspace, { name, scope, files }: ScheduleDocument): Promise<boolean> {
  if (files.some(({ change }) => change !== 'keep')) return false;
  const plugged = files.map(({ path }) => basename(path)).filter((file) => file.startsWith(`${name}-plugged-`));
  const units = [`${name}.timer`, ...(scope === 'user' ? plugged : [])];
  const { code } = await local.run([...systemctlOf(scope), 'is-enabled', '--quiet', ...units]);
  return code === 0;
}

/** Writes the files and runs the commands. Killed anywhere in between, a second try does the rest. */
export async function installSchedule({ local }: Workspace, document: ScheduleDocument): Promise<Result<null>> {
  const { scope, files, commands } = document;
  const stale = files.filter(({ change }) => change === 'remove');
  const off = removalCommands(
    scope,
    stale.map(({ path }) => basename(path)),
  );
  const fresh = files.filter(({ change }) => change === 'create' || change === 'update');
  return inTurn([
    () => runAll(off, local),
    () => removeFiles(stale),
    () => writeFiles(fresh),
    () => runAll(commands, local),
  ]);
}

/** What there is to remove of the schedule of one spec, which itself may be gone. */
export function scheduleToRemove(
  { name, scope, spec }: Pick<ScheduleRequest, 'name' | 'scope' | 'spec'>,
  env: Env,
): Result<{ document: ScheduleDocument; remove: () => Promise<Result<null>> }> {
  const present = filesPresent({ name, scope }, env);
  if (!present.ok) return present;
  const own = present.value.filter(({ text }) => ownerOf(text, spec) === 'this');
  const units = own.map(({ path }) => basename(path));
  const systemd = hasSystemd();
  const before = systemd ? removalCommands(scope, units) : [];
  const after = systemd && own.length > 0 ? [[...systemctlOf(scope), 'daemon-reload']] : [];
  const files = own.map((file) => ({ ...file, change: 'remove' as const }));
  const document = {
    formatVersion: '1.0' as const,
    name,
    scope,
    files,
    commands: [...before, ...after],
    findings: [],
  };
  const local = localTransport();
  const steps = [() => runAll(before, local), () => removeFiles(own), () => runAll(after, local)];
  return success({ document, remove: () => inTurn(steps) });
}

async function inTurn(steps: readonly (() => Result<null> | Promise<Result<null>>)[]): Promise<Result<null>> {
  for (const step of steps) {
    const done = await step();
    if (!done.ok) return done;
  }
  return success(null);
}

/** Runs commands one after the other until one fails. */
async function runAll(commands: readonly (readonly string[])[], local: Pick<Transport, 'run'>): Promise<Result<null>> {
  for (const argv of commands) {
    const { code, error, stderr } = await local.run(argv, { timeoutMs: TIMEOUT_MS });
    if (code === 0) continue;
    const said = stderr.at(-1) ?? error ?? `exit code ${code ?? 'none'}`;
    return failure(scheduleCommandFailed(argv, said));
  }
  return success(null);
}

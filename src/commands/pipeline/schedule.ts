import { join, resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { agentOnlyEndpoints } from '../../hosts/observe/agent-only.ts';
import { userName } from '../../hosts/observe/user-name.ts';
import { lingers, presentFiles } from '../../store/schedule.ts';
import { configDirectory } from '../../store/spec-file.ts';
import type { ScheduleDocument } from '../../planner/model/documents.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { LOCAL_HOST } from '../../planner/model/spec.ts';
import { openBecause } from '../../planner/schedule/hardening.ts';
import { plannedFiles } from '../../planner/schedule/changes.ts';
import { scheduleRemarks } from '../../planner/schedule/remarks.ts';
import type { ScheduleRequest } from '../../planner/schedule/request.ts';
import { systemdCommands, systemdFiles } from '../../planner/schedule/systemd.ts';
import { parseDuration } from '../../planner/spec/resolve/units.ts';
import { specFlag } from '../base.ts';
import { ownProgram } from '../installed.ts';
import { UsageError } from '../../api/usage-error.ts';
import type { Workspace } from '../../api/workspace.ts';

const RULES = '/etc/udev/rules.d';

/** Which schedule is meant. */
export const scheduleFlags = {
  spec: specFlag,
  system: Flags.boolean({ summary: 'Of the whole system, run as root; without it: of this user.' }),
  name: Flags.string({ default: 'nbkp', helpValue: 'NAME', summary: 'For a second schedule: of its units.' }),
};

/** When it runs. */
export const timingFlags = {
  every: Flags.string({ default: '1d', helpValue: 'DURATION', summary: 'How often, such as 1h, 1d or 1w.' }),
  plug: Flags.boolean({
    default: true,
    allowNo: true,
    summary: 'Also run when a drive of the spec is plugged in: the default.',
  }),
};

interface ScheduleFlags {
  system: boolean;
  name: string;
  every: string;
  plug: boolean;
}

/** What the flags and the spec ask for. @throws UsageError */
export function scheduleRequest({ spec }: Workspace, flags: ScheduleFlags, env: NodeJS.ProcessEnv): ScheduleRequest {
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
    program: ownProgram(),
    environment: environmentOf(env),
    everySeconds: parseDuration(flags.every) / 1000,
    drives: flags.plug
      ? here.flatMap(({ name, mount }) => (mount === null ? [] : [{ volume: name, uuid: mount.deviceUuid }]))
      : [],
    network: volumes.some(({ host }) => host !== LOCAL_HOST),
    onlyOnPower: spec.policy.onBattery === null,
    openBecause: openBecause(spec),
    unitDirectory: unitDirectory(scope, env),
  };
}

function environmentOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const state = env['NBKP_STATE_DIR'];
  const home = env['XDG_STATE_HOME'];
  return {
    ...(state ? { NBKP_STATE_DIR: resolve(state) } : home ? { XDG_STATE_HOME: home } : {}),
    // The journal has no width: wrapped lines are harder to read there.
    COLUMNS: '160',
  };
}

/** Where units of that scope are (systemd.unit(5), "Unit File Load Path"). */
function unitDirectory(scope: 'user' | 'system', env: NodeJS.ProcessEnv): string {
  return scope === 'system' ? '/etc/systemd/system' : join(configDirectory(env), 'systemd', 'user');
}

/** Files of schedules of that name, of whatever spec. */
export function filesPresent({ name, scope }: Pick<ScheduleRequest, 'name' | 'scope'>, env: NodeJS.ProcessEnv) {
  const folders = [unitDirectory(scope, env), ...(scope === 'system' ? [RULES] : [])];
  return presentFiles(name, folders);
}

/** What installing would change, and what there is to say about it. */
export async function scheduleDocument(
  { spec, local }: Workspace,
  request: ScheduleRequest,
  env: NodeJS.ProcessEnv,
): Promise<Result<ScheduleDocument>> {
  const present = filesPresent(request, env);
  if (!present.ok) return present;
  const files = plannedFiles(systemdFiles(request), present.value, request.spec);
  if (!files.ok) return failure(...files.findings);
  const user = userName();
  const agentOnly = await agentOnlyEndpoints(spec.ssh, env, local);
  const facts = { user, lingers: lingers(user), agentOnly };
  const findings: Finding[] = scheduleRemarks(spec, request.scope, facts);
  const { name, scope } = request;
  const commands = systemdCommands(request);
  return success({ formatVersion: '1.0', name, scope, files: files.value, commands, findings });
}

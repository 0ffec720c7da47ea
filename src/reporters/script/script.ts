import { nothingMounted } from '../../planner/mounts/mounted-within.ts';
import { scriptNotPossible } from '../../planner/model/findings/runs.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { endpointKey, endpointsOfHost, hostAt, LOCAL_HOST, volumeNamed, type Sync } from '../../planner/model/spec.ts';
import { sshArguments } from '../../planner/ssh/arguments.ts';
import { upstreamsOf } from '../../planner/compile/select.ts';
import { zoneChanges } from '../../planner/retention/zone-changes.ts';
import { LOCATE_FUNCTIONS, MOUNT_TABLE_FUNCTION } from '../../planner/shell/mount-functions.ts';
import { FOLDER_FUNCTIONS } from '../sh/folder-functions.ts';
import { HOLD_FUNCTIONS } from '../sh/locks-functions.ts';
import { LOSS_FUNCTIONS } from '../sh/loss-functions.ts';
import { NAMING_FUNCTIONS } from '../sh/naming-functions.ts';
import { PROCESS_FUNCTIONS } from '../sh/process-functions.ts';
import { TIMES_FUNCTIONS } from '../sh/times-functions.ts';
import { TRANSFER_FUNCTIONS } from '../sh/transfer-functions.ts';
import { comments } from '../sh/words.ts';
import { sanitise } from '../text/sanitise.ts';
import { HISTORY_FUNCTIONS } from './history-functions.ts';
import { JUDGE_HISTORY, TIME_FUNCTIONS } from './judge-history.ts';
import { WrittenFunctions } from './once.ts';
import { PLACE_FUNCTIONS } from './place-functions.ts';
import { SERVER_FUNCTIONS, THERE_TOO } from './server-functions.ts';
import { scriptObstacle, type ScriptInput } from './obstacles.ts';
import { SYNC_FUNCTIONS } from './sync-functions.ts';
import { syncFunctions, zoneName, type Layout } from './sync.ts';
import { word, words } from './words.ts';
import { HERE_FUNCTIONS, WORLD_FUNCTIONS } from './world-functions.ts';

/** The paths of volumes from the folder of the script, by name, for those that it is to find so. */
type Relative = ReadonlyMap<string, string>;

/** How every script of a spec begins: by that another one of its kind is known. */
export const SCRIPT_HEAD = '#!/bin/sh\n# A backup without nbkp, made by nbkp script';

/**
 * What every script has, whatever its spec.
 *
 * @internal for its tests
 */
export const COMMON_FUNCTIONS = [
  PROCESS_FUNCTIONS,
  '# ---- Places '.padEnd(118, '-'),
  THERE_TOO[0],
  MOUNT_TABLE_FUNCTION,
  LOCATE_FUNCTIONS,
  PLACE_FUNCTIONS,
  FOLDER_FUNCTIONS,
  `# Is nothing mounted in one of these folders?\nnothing_mounted() { ${words(nothingMounted())} "$@"; }\n`,
  THERE_TOO[1],
  '',
  WORLD_FUNCTIONS,
  HOLD_FUNCTIONS,
  TIMES_FUNCTIONS,
  TRANSFER_FUNCTIONS,
  NAMING_FUNCTIONS,
  LOSS_FUNCTIONS,
  `time_functions='\n${TIME_FUNCTIONS}'\n`,
  `judge_history='\n${JUDGE_HISTORY}'\n`,
  HISTORY_FUNCTIONS,
].join('\n');

/**
 * A spec as one script in POSIX sh that backs up as `run` does, each time from what is there then. Drives have to be here, open and
 * prepared when it is made: options follow from file systems. The same input makes the same bytes.
 *
 * @returns errors `script-not-possible`, one for each sync that stands in the way
 */
export function specScript(input: ScriptInput, syncs: readonly Sync[], relative: Relative): Result<string> {
  const enabled = inOrderOf(
    input,
    syncs.filter((sync) => sync.enabled),
  );
  const obstacles = enabled.flatMap((sync) => scriptObstacle(input, sync) ?? []);
  if (obstacles.length > 0) return failure(...obstacles);
  if (enabled.length === 0) return failure(scriptNotPossible('no sync of it is enabled', 'spec'));
  const disabled = syncs.filter((sync) => !sync.enabled);
  const all = [...enabled, ...disabled];
  const layout = layoutOf(input, all, relative);
  const written = new WrittenFunctions();
  const parts = [
    header(input, all),
    settings(enabled),
    COMMON_FUNCTIONS,
    layout.servers.size === 0 ? HERE_FUNCTIONS : SERVER_FUNCTIONS,
    '# ---- The spec '.padEnd(118, '-'),
    ...zones(enabled),
    ...serverFunctions(input, layout),
    ...volumeFunctions(input, enabled, layout, relative),
    ...enabled.map((sync, index) => {
      const functions = syncFunctions(input, sync, index + 1, layout);
      return comments(written.once(functions, true)).join('\n') + '\n';
    }),
    ...disabled.map((sync) => disabledBlock(input, sync, all.indexOf(sync) + 1, layout, written)),
    order(input, enabled),
    SYNC_FUNCTIONS,
  ];
  return success(parts.join('\n'));
}

/** A copy that another sync reads comes first, as in the plan. */
function inOrderOf({ plan }: ScriptInput, syncs: readonly Sync[]): Sync[] {
  const place = (sync: Sync): number =>
    plan.steps.findIndex((step) => step.kind === 'transfer' && step.sync === sync.name);
  return syncs.toSorted((a, b) => place(a) - place(b));
}

function layoutOf({ spec }: ScriptInput, syncs: readonly Sync[], relative: Relative): Layout {
  const names = new Set(syncs.flatMap(({ source, destination }) => [source.volume, destination.volume]));
  const hosts = new Set([...names].map((name) => hostAt(spec, name)));
  hosts.delete(LOCAL_HOST);
  return {
    volumes: new Map([...names].map((name, index) => [name, index + 1])),
    servers: new Map([...hosts].map((host, index) => [host, index + 1])),
    movable: new Set(relative.keys()),
  };
}

function header({ spec, plan }: ScriptInput, syncs: readonly Sync[]): string {
  const lines = [
    ...SCRIPT_HEAD.split('\n'),
    `# of ${spec.path} by nbkp ${plan.tool.version}. Spec ${spec.digest}`,
    '#',
    `# Syncs, in this order: ${syncs.map(({ name, enabled }) => (enabled ? name : `${name} (disabled)`)).join(', ')}`,
    '#',
    '# It needs Linux, rsync, awk, flock and the usual tools, GNU or busybox. Each time it looks at what is here: marks, drives,',
    '# owners, snapshots. It takes the locks of nbkp, and both may take turns. What it cannot do:',
    '# - open drives, mark folders, copy from one server to another, ask for --allow-destructive;',
    '# - follow the spec: after a change, or where a file system is of another type, make a new one.',
    '#',
    '# -n shows what would be done and changes nothing, -v each command, --only NAME runs that sync alone.',
    '# What is said ends with the code of a finding, which nbkp has a page about. Exit codes: 0 done or only skipped, 1 a sync failed,',
    '# 3 refused, 4 a mark is missing or a skipped sync is overdue, 64 usage, 75 another run holds a lock, 130 and 143 interrupted.',
    '#',
    '# Functions are called by number, and quoted words are meant as they are:',
    '# shellcheck shell=dash disable=SC1003,SC2016,SC2034,SC2154,SC2317',
  ];
  return comments(lines).join('\n');
}

function settings(enabled: readonly Sync[]): string {
  return [
    '',
    'set -u',
    'export LC_ALL=C',
    'unset CDPATH IFS',
    'for variable in $(env | sed -n \'s/^\\(RSYNC_[A-Za-z0-9_]*\\|NBKP_PASSPHRASE_[A-Za-z0-9_]*\\)=.*/\\1/p\'); do unset "$variable"; done',
    `known=${word(enabled.map(({ name }) => name).join(' '))}`,
    "allow_destructive=''",
    "dry_run=''",
    "verbose=''",
    "deadline=''",
    "work=''",
    "why=''",
    "reason=''",
    "noted=''",
    'host=$(uname -n)',
    'started=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)',
    '',
  ].join('\n');
}

function zones(syncs: readonly Sync[]): string[] {
  const named = new Set(syncs.flatMap(({ snapshots: { keep } }) => keep?.timezone ?? []));
  named.delete('UTC');
  return [...named].flatMap((zone) => {
    const changes = zoneChanges(zone).map(([since, offset]) => `${since} ${offset}`);
    const rows = Array.from({ length: Math.ceil(changes.length / 6) }, (_, row) =>
      changes.slice(row * 6, row * 6 + 6).join(' '),
    );
    return [
      `# When the clocks of ${zone} change, and what they are ahead then, in seconds.`,
      `zone_${zoneName(zone)}='${rows.join('\n')}'`,
      '',
    ];
  });
}

/** The ways to a server as the spec, and the flags for locations and networks, wanted them when the script was made. */
function serverFunctions({ spec, facts }: ScriptInput, { servers, volumes }: Layout): string[] {
  return [...servers].map(([host, number]) => {
    const names = [...volumes.keys()].filter((name) => hostAt(spec, name) === host);
    const seen = facts.hosts[host]?.route;
    const found = [...(seen?.passedOver ?? []).map(({ endpoint }) => endpoint), seen?.endpoint ?? []].flat();
    const order = [...new Set([...found, ...endpointsOfHost(host)])].filter(
      (name) => seen?.excluded.includes(name) !== true,
    );
    const ways = order.map((name, index) => {
      const patience = (spec.ssh[name]?.connectTimeout ?? 10) + 60;
      return `    ${index + 1}) "$1" ${patience} ${words(sshArguments(name, spec.ssh))} ;;`;
    });
    return [
      `server_${number}() {`,
      `  server=${word(`the server of ${names.join(' and ')}`)}`,
      `  ways='${order.map((_, index) => index + 1).join(' ')}'`,
      '  case $2 in',
      ...ways,
      '  esac',
      '}',
      '',
    ].join('\n');
  });
}

function volumeFunctions(
  { spec, facts }: ScriptInput,
  syncs: readonly Sync[],
  layout: Layout,
  relative: Relative,
): string[] {
  const used = new Set(syncs.flatMap(({ source, destination }) => [source.volume, destination.volume]));
  return [...layout.volumes]
    .filter(([name]) => used.has(name))
    .map(([name, number]) => {
      const { mount, path } = volumeNamed(spec, name);
      const seen = facts.volumes[name];
      const there = seen?.directory?.mount;
      const uuid = mount === null ? '' : (there?.uuid ?? '');
      const way = relative.get(name);
      const written =
        way === undefined ? word(path === null ? '' : (seen?.path ?? path)) : `"$script_folder"/${word(way)}`;
      const before = mount !== null || way !== undefined || there?.target === '/' ? '' : (there?.target ?? '');
      return `volume_${number}() { "$1" volume_here ${word(name)} ${written} ${word(uuid)} ${word(before)}; }\n`;
    });
}

/** What it would be, each line as a comment. */
function disabledBlock(
  input: ScriptInput,
  sync: Sync,
  number: number,
  layout: Layout,
  written: WrittenFunctions,
): string {
  const ends = `${endpointKey(sync.source)} to ${endpointKey(sync.destination)}`;
  const obstacle = scriptObstacle(input, sync);
  const lines =
    obstacle === null
      ? [...written.once(syncFunctions(input, sync, number, layout), false), `# attempt ${number}`]
      : [`# ${sync.name}: ${ends}`];
  const text = [`# Disabled in the spec: ${sync.name}.`, ...lines].join('\n').split('\n');
  return `${text.map((line) => sanitise(line.startsWith('#') ? line : `# ${line}`)).join('\n')}\n`;
}

function order({ spec }: ScriptInput, syncs: readonly Sync[]): string {
  const upstreams = upstreamsOf(spec);
  const calls = syncs.map((sync, index) => {
    const upstream = upstreams.get(sync.name)?.name;
    const awaited = syncs.findIndex(({ name }) => name === upstream);
    return `  attempt ${index + 1}${awaited === -1 ? '' : ` ${awaited + 1}`}`;
  });
  return ['all() {', ...calls, '}', ''].join('\n');
}

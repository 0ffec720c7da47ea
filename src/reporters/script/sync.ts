import { snapshotCommands as takeSubvolume } from '../../planner/kinds/btrfs/planning.ts';
import { snapshotCommands as nameFolder } from '../../planner/kinds/hard-link/planning.ts';
import { transferParams } from '../../planner/kinds/rsync/params.ts';
import { pruneBatches } from '../../planner/kinds/prune/batches.ts';
import type { Removal } from '../../planner/kinds/prune/removals.ts';
import { snapshotParams } from '../../planner/kinds/snapshot/common.ts';
import { isBelow } from '../../planner/model/paths.ts';
import { flagsOf } from '../../planner/model/rsync-flags.ts';
import { endpointKey, LOCAL_HOST, hostAt, type Keep, type Sync } from '../../planner/model/spec.ts';
import { snapshotPlaceholder, successPlaceholder, type Step } from '../../planner/model/step.ts';
import { upstreamsOf } from '../../planner/compile/select.ts';
import { endsOf } from '../../planner/volumes/ends.ts';
import { markSuccess, merges } from '../../planner/volumes/identity.ts';
import { formatDuration } from '../text/time.ts';
import { readsThroughLatest, type ScriptInput } from './obstacles.ts';
import { inOrder, transferFunctions } from './transfer.ts';
import { variable, word } from './words.ts';

const ROOT = variable('root');

/** Where the script finds what a spec says, and in which order it runs. */
export interface Layout {
  /** The numbers of volumes by name. */
  volumes: ReadonlyMap<string, number>;
  /** The numbers of servers by the ids of their hosts; empty where all is here. */
  servers: ReadonlyMap<string, number>;
  /** The file systems of ends are known by where they are mounted; not so where the script goes along with its drive. */
  movable: ReadonlySet<string>;
}

/** The functions of one sync. */
export function syncFunctions(input: ScriptInput, sync: Sync, number: number, layout: Layout): string[] {
  const steps = input.plan.steps.filter((step) => step.sync === sync.name);
  const transfer = steps.find(({ kind }) => kind === 'transfer');
  if (transfer === undefined) throw new Error(`${sync.name} has no transfer`);
  const hooks = (name: string, list: Sync['before'], otherwise: string): string[] => [
    `${name}_${number}() {`,
    ...list.map(({ argv }) => `  hook ${argv.map(word).join(' ')} || ${otherwise}`),
    '  :',
    '}',
  ];
  return [
    `# ${sync.name}: ${endpointKey(sync.source)} to ${endpointKey(sync.destination)}`,
    `sync_${number}() {`,
    ...settings(input, sync, layout).map(([key, value]) => `  ${key}=${value}`),
    '}',
    ...transferFunctions(transferParams(transfer.params), sync.snapshots.mode, number),
    ...historyFunctions(steps, sync, number),
    ...hooks('before', sync.before, 'return 1'),
    ...hooks('after', sync.after, 'return 1'),
    ...alarms(sync, number),
    ...recordFunction(steps, sync, number),
  ];
}

/** One that fails is no reason to leave the others out. */
function alarms({ onFailure }: Sync, number: number): string[] {
  const lines = onFailure.map(({ argv }) => `  hook ${argv.map(word).join(' ')} || result=1`);
  return [`on_failure_${number}() {`, '  local result=0', ...lines, '  return "$result"', '}'];
}

function settings(input: ScriptInput, sync: Sync, { volumes, servers, movable }: Layout): [string, string][] {
  const { facts, spec } = input;
  const source = facts.endpoints[endpointKey(sync.source)];
  const mountOf = (end: Sync['source']) => facts.endpoints[endpointKey(end)]?.directory?.mount;
  const before = (end: Sync['source']): string => {
    const target = mountOf(end)?.target ?? '/';
    return target === '/' || movable.has(end.volume) || spec.volumes[end.volume]?.mount != null ? "''" : word(target);
  };
  const { keep, mode, when } = sync.snapshots;
  const [sourceHost, targetHost] = [hostAt(spec, sync.source.volume), hostAt(spec, sync.destination.volume)];
  const place = `place:${sourceHost === LOCAL_HOST ? facts.machine.hostname : sourceHost}:${source?.directory?.realPath ?? ''}`;
  const inside = facts.endpoints[endpointKey(sync.destination)]?.directory?.realPath ?? '';
  const contains = sourceHost === targetHost && isBelow(inside, source?.directory?.realPath ?? '');
  const server = (side: string, host: string): [string, string] => [
    `${side}_server`,
    String(servers.get(host) ?? "''"),
  ];
  return [
    ['sync', word(sync.name)],
    ['mode', mode],
    ['from', `volume_${volumes.get(sync.source.volume) ?? 0}`],
    ['to', `volume_${volumes.get(sync.destination.volume) ?? 0}`],
    ...(servers.size === 0 ? [] : [server('source', sourceHost), server('target', targetHost)]),
    ['source_folder', word(sync.source.subdir)],
    ['target_folder', word(sync.destination.subdir)],
    ['source_type', word(mountOf(sync.source)?.fsType ?? '')],
    ['target_type', word(mountOf(sync.destination)?.fsType ?? '')],
    ['source_before', before(sync.source)],
    ['target_before', before(sync.destination)],
    ['through', readsThroughLatest(input, sync) ? '1' : "''"],
    // The spec leaves the destination out of its source, or the planner would have refused it.
    ['apart', contains ? '1' : "''"],
    ['place_id', word(JSON.stringify(place).slice(1, -1))],
    ['merges', merges(sync) ? '1' : "''"],
    ['keep', word(keep === null ? '' : rulesOf(keep))],
    ['zone', keep === null || keep.timezone === 'UTC' ? "''" : `$zone_${zoneName(keep.timezone)}`],
    ['upcoming', when === 'changed' ? 'perhaps' : 'certain'],
    ['max_prune', sync.policy.maxPrune === null ? "''" : String(sync.policy.maxPrune)],
    ['min_free', sync.policy.minFree === null ? "''" : String(sync.policy.minFree)],
    ['mirrors', sync.rsync.delete ? '1' : "''"],
    ['upstream', word(upstreamsOf(spec).get(sync.name)?.name ?? '')],
    ['ends', endsOf(spec)[sync.name] ?? ''],
    ...agesOf(sync),
  ];
}

/** In seconds, and for people. */
function agesOf({ maxAge }: Sync): [string, string][] {
  const isWatched = typeof maxAge === 'number';
  return [
    ['max_age', isWatched ? String(Math.ceil(maxAge / 1000)) : "''"],
    ['patience', word(isWatched ? formatDuration(maxAge) : '')],
  ];
}

/**
 * The rules of `keep` for the awk of the script.
 *
 * @internal for its tests
 */
export function rulesOf({ within, timezone: _, ...counts }: Keep): string {
  const rules = Object.entries(counts).map(([rule, count]) => `${rule} ${count}`);
  return [...rules, ...(within === null ? [] : [`within ${within}`])].join(' ');
}

export function zoneName(timezone: string): string {
  return timezone.replaceAll(/[^A-Za-z0-9]/g, '_');
}

/** Each snapshot goes by itself, by what it is: a destination can hold both. */
function historyFunctions(steps: readonly Step[], sync: Sync, number: number): string[] {
  const step = steps.find(({ kind }) => kind === 'snapshot');
  if (step === undefined) return [];
  const { marks } = snapshotParams(step.params);
  const params = {
    ...{ kind: 'snapshot' as const, sync: sync.name, root: ROOT, previous: null },
    ...(marks === true ? { marks } : {}),
  };
  const [mark, ...naming] = named((sync.snapshots.mode === 'btrfs' ? takeSubvolume : nameFolder)(params), sync);
  const commands = marks === true ? naming : [mark ?? [], ...naming];
  const remove = (leftover: boolean, kind: Removal['kind'], asRoot: boolean): string[][] =>
    pruneBatches({
      ...{ kind: 'prune', sync: sync.name, root: ROOT, previous: null, asRoot },
      remove: [{ name: variable('doomed'), kind, leftover, ...(leftover ? {} : { marked: true }) }],
    }).flatMap((batch) => batch.commands);
  const removal = (leftover: boolean): string[] => [
    '  if ! at_target is_subvolume "$root/snapshots/$doomed"; then',
    ...inOrder(remove(leftover, 'directory', true), '    '),
    '  elif at_target is_root; then',
    ...inOrder(remove(leftover, 'subvolume', true), '    '),
    '  else',
    ...inOrder(remove(leftover, 'subvolume', false), '    '),
    '  fi',
  ];
  return [
    `snapshot_${number}() {`,
    ...(marks === true ? [`  if [ -n "$snapshot_incomplete" ]; then`, ...inOrder([mark ?? []], '    '), '  fi'] : []),
    ...inOrder(commands),
    '}',
    `prune_${number}() {`,
    ...removal(false),
    '}',
    `leftover_${number}() {`,
    ...removal(true),
    '}',
  ];
}

function recordFunction(steps: readonly Step[], sync: Sync, number: number): string[] {
  const noted =
    steps.some(({ kind }) => kind === 'record') && !(sync.snapshots.mode === 'none' && !flagsOf(sync.rsync).deletes);
  return [`record_${number}() {`, ...inOrder(noted ? named([markSuccess(sync, ROOT, variable('id'))], sync) : []), '}'];
}

function named(commands: readonly (readonly string[])[], { name }: Sync): string[][] {
  return commands.map((argv) =>
    argv.map((text) =>
      text
        .replaceAll(snapshotPlaceholder(name), variable('snapshot'))
        .replaceAll(successPlaceholder(name), variable('now')),
    ),
  );
}

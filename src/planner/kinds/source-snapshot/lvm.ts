import type { ExecutorQuestion, SourceSnapshot, SourceSnapshotInput } from '../../model/executor.ts';
import type { DirectoryFacts, EndpointFacts } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import * as findings from '../../model/findings/source-snapshots.ts';
import { pointer } from '../../model/pointer.ts';
import { endpointKey, hostAt, type Sync } from '../../model/spec.ts';
import type { Step } from '../../model/step.ts';
import type { KnownSync } from '../../model/known.ts';
import { placeOf } from '../../volumes/place.ts';
import { sourcePreconditions } from '../rsync/preconditions.ts';
import { FOLDER } from './commands.ts';
import {
  FOR_THIS_TRANSFER,
  isAnswered,
  mountsRead,
  noFolder,
  sourceStep,
  stopped,
  WHAT_IS_LEFT,
  wholeOf,
} from './common.ts';
import { lvmCommands, mountedAt, removeVolume, snapshotName, type LvmSnapshotParams } from './lvm-commands.ts';
import { COLUMNS, rowsOf, volumeOf, type VolumeName, type VolumeRow } from './lvm-volumes.ts';

const QUESTION = 'volumes';
/** What `ASK` says where there is no LVM. */
const NO_LVM = 3;
const ASK = [
  'command -v lvs >/dev/null || exit 3',
  'LVM_SUPPRESS_FD_WARNINGS=1 exec lvs --all --reportformat json --units b --nosuffix -o "$1"',
].join('\n');

/** Those whose snapshot can be mounted beside them. Two of one btrfs are one file system to the kernel, and are damaged. */
const FILE_SYSTEMS = ['ext2', 'ext3', 'ext4', 'xfs'];

/** Of a thin pool that is full nothing can be written any more, neither here nor by anybody else. */
const LEAST_OF_POOL = 0.05;

/** A name for each where nobody has seen the source. */
const UNKNOWN: VolumeName = { group: 'GROUP', origin: 'VOLUME' };

/** What has to be known of a source on a logical volume: how much room there is beside it. Only root is told. */
export function questionsAboutVolume({ spec, facts, sync }: KnownSync): ExecutorQuestion[] {
  const host = hostAt(spec, sync.source.volume);
  const mount = facts.endpoints[endpointKey(sync.source)]?.directory?.mount ?? null;
  const there = facts.hosts[host];
  if (sync.sourceSnapshot !== 'lvm' || there?.reachable !== true || there.uid !== 0) return [];
  if (mount === null || volumeOf(mount) === null) return [];
  return [{ id: QUESTION, host, argv: ['sh', '-c', ASK, 'sh', COLUMNS.join(',')], timeoutMs: 30_000 }];
}

/** The volume of which a snapshot can be mounted, as far as its mount tells. */
export function mountableVolume({ mount }: Pick<DirectoryFacts, 'mount'>): VolumeName | null {
  return mount !== null && FILE_SYSTEMS.includes(mount.fsType) ? volumeOf(mount) : null;
}

/** Nothing where no snapshot can be made: why is told by the plan. */
export function prepareVolume({ path, leftovers, directory }: EndpointFacts): string[][] {
  const isElsewhere = directory?.mount != null && mountableVolume(directory) === null;
  return isElsewhere || leftovers.includes(FOLDER) ? [] : [['mkdir', '-m', '700', `${path}/${FOLDER}`]];
}

/** Whatever has the lock of its name is its user, so that what is there without one is nobody's. */
export function cleanUpVolume({ directory, leftovers }: EndpointFacts, { name }: Sync): string[][] {
  const volume = directory === null ? null : mountableVolume(directory);
  if (directory === null || volume === null || !leftovers.includes(`${FOLDER}/${name}`)) return [];
  const snapshot = snapshotName(volume.origin, name, directory.inode);
  return [removeVolume({ folder: `${directory.realPath}/${FOLDER}`, name, ...volume, snapshot })];
}

/** The steps that make a snapshot of the source's volume, look whether it was whole, and remove it, and where it is read. */
export function planVolume(input: SourceSnapshotInput): SourceSnapshot {
  const { source, sync, facts, isKnown } = input;
  const { mount } = source.directory;
  if (!isKnown && facts.basis !== 'none') {
    const { volume } = sync.source;
    return stopped(sync, findings.sourceSnapshotClosed({ source: endpointKey(sync.source), volume }));
  }
  const volume = mount === null ? null : volumeOf(mount);
  const problem = isAnswered(input) ? unfit(input, volume) : null;
  if (problem !== null) return stopped(sync, problem);
  return snapshotOf(input, volume ?? UNKNOWN, isAnswered(input) ? (volumesIn(input) ?? []) : null);
}

function unfit(input: SourceSnapshotInput, volume: VolumeName | null): Finding | null {
  const { source, sync, host } = input;
  const about = { source: endpointKey(sync.source), path: source.path };
  const { fsType = 'unknown', source: device = 'an unknown device' } = source.directory.mount ?? {};
  if (volume === null) return findings.sourceSnapshotNotOnLvm({ ...about, device });
  if (!FILE_SYSTEMS.includes(fsType)) return findings.sourceSnapshotOfVolume({ ...about, fsType });
  if (host.uid !== 0) return findings.sourceSnapshotNotRoot({ ...about, user: host.user });
  const rows = volumesIn(input);
  if (rows === null) return unanswered(input);
  const row = rows.find(({ vg_name, lv_name }) => vg_name === volume.group && lv_name === volume.origin);
  if (row === undefined) return findings.sourceSnapshotNotOnLvm({ ...about, device });
  return noFolder(source, sync) ?? withoutRoom(input, row, rows) ?? mountedWithin(input);
}

function unanswered({ facts, sync }: SourceSnapshotInput): Finding {
  const answer = facts.answers?.['lvm']?.[sync.name]?.[QUESTION];
  if (answer?.code === NO_LVM) return findings.lvmMissing();
  const why = answer?.problem ?? 'lvs gave no answer that is known here';
  return findings.sourceSnapshotVolumeUnknown({ source: endpointKey(sync.source), why });
}

function volumesIn({ facts, sync }: SourceSnapshotInput): VolumeRow[] | null {
  const answer = facts.answers?.['lvm']?.[sync.name]?.[QUESTION];
  return answer?.code === 0 ? rowsOf(answer.stdout, COLUMNS) : null;
}

/** What a dead run has left is removed first, and so no measure of what there will be. */
function withoutRoom(input: SourceSnapshotInput, row: VolumeRow, rows: readonly VolumeRow[]): Finding | null {
  const { sync, source } = input;
  const size = sync.lvm?.size ?? null;
  const about = { source: endpointKey(sync.source), volume: `${row.vg_name}/${row.lv_name}` };
  if (!isThin(row) && size === null) return findings.sourceSnapshotWithoutSize({ ...about, sync: sync.name });
  if (isReplaced(source, sync)) return null;
  const pool = rows.find(({ vg_name, lv_name }) => vg_name === row.vg_name && lv_name === row.pool_lv);
  const place = isThin(row) ? `the pool ${row.vg_name}/${row.pool_lv}` : `the volume group ${row.vg_name}`;
  const whole = Number(pool?.lv_size ?? 0);
  const free = isThin(row) ? whole * (1 - Number(pool?.data_percent ?? 100) / 100) : Number(row.vg_free);
  const needed = size ?? whole * LEAST_OF_POOL;
  return free < needed ? findings.sourceSnapshotNoRoom({ ...about, place, free: Math.floor(free), needed }) : null;
}

function isThin({ segtype }: VolumeRow): boolean {
  return segtype === 'thin';
}

function isReplaced({ leftovers }: EndpointFacts, { name }: Sync): boolean {
  return leftovers.includes(`${FOLDER}/${name}`);
}

function mountedWithin({ source, sync }: SourceSnapshotInput): Finding | null {
  const targets = wholeOf(sync) === null ? [] : mountsRead(sync.filters, source).map(({ mount }) => mount.target);
  return targets.length === 0 ? null : findings.sourceSnapshotMounts({ source: endpointKey(sync.source), targets });
}

/** @param rows null where nobody has asked */
function snapshotOf(input: SourceSnapshotInput, volume: VolumeName, rows: readonly VolumeRow[] | null): SourceSnapshot {
  const { sync, source, hostId } = input;
  const { realPath, inode, mount } = source.directory;
  const snapshot = snapshotName(volume.origin, sync.name, inode);
  const named = (name: string) => (row: VolumeRow) => row.vg_name === volume.group && row.lv_name === name;
  const origin = rows?.find(named(volume.origin));
  const params: LvmSnapshotParams = {
    kind: 'source-snapshot',
    ...{ folder: `${realPath}/${FOLDER}`, name: sync.name, ...volume, snapshot },
    size: origin !== undefined && isThin(origin) ? null : (sync.lvm?.size ?? null),
    fsType: mount?.fsType ?? 'auto',
    whole: wholeOf(sync),
    replaces: rows === null || isReplaced(source, sync) || rows.some(named(snapshot)),
  };
  const make = step(input, params);
  const lesser = { ...params, whole: null, replaces: false };
  const check = step(input, { ...lesser, kind: 'source-check' });
  const remove = step(input, { ...lesser, kind: 'source-release' });
  return {
    make: [{ ...make, preconditions: rows === null ? [] : relied(input) }],
    check: [check],
    remove: [{ ...remove, releases: make.id }],
    path: `${mountedAt(params)}${placeOf(hostId, source.directory).path.replace(/\/$/, '')}`,
    findings: [],
  };
}

function step(input: SourceSnapshotInput, params: LvmSnapshotParams): Step {
  const volume = `${params.group}/${params.origin}`;
  const left = params.replaces ? WHAT_IS_LEFT : '';
  const words = {
    'source-snapshot': {
      summary: `make a snapshot of the logical volume ${volume} to copy ${endpointKey(input.sync.source)} from`,
      reason: `${left}source-snapshot = "lvm"`,
    },
    'source-check': {
      summary: `look whether the snapshot of ${volume} held all to the end`,
      reason: 'a snapshot that is full is no longer whole',
    },
    'source-release': { summary: `remove the snapshot of ${volume}`, reason: FOR_THIS_TRANSFER },
  }[params.kind];
  return sourceStep(input, 'lvm', { ...words, commands: lvmCommands(params), params });
}

/** The source is what was planned, on the same volume. */
function relied(input: SourceSnapshotInput): Step['preconditions'] {
  const key = endpointKey(input.sync.source);
  return [
    ...sourcePreconditions(input),
    {
      fact: pointer('endpoints', key, 'directory', 'mount', 'source'),
      check: 'equals',
      value: input.source.directory.mount?.source ?? null,
      description: `the device of ${key}`,
    },
  ];
}

import type { Json } from '../../model/json.ts';
import { areParams } from '../../params/valid.ts';
import { ENTER, type Whole } from './commands.ts';

/** What nbkp has made bears it, and nothing else is removed. */
const TAG = 'nbkp';

/** Only root can put something in the place of a folder in here, as in a home its user could. */
const MOUNTED_IN = '/run/nbkp-source';

/** A logical volume, and the one that is a snapshot of it. */
export interface VolumeSnapshot {
  /** Absolute path of the folder in the source that notes that it may be there. */
  folder: string;
  /** Of that note: the sync's. */
  name: string;
  /** The volume group. */
  group: string;
  /** The volume in there that holds the source. */
  origin: string;
  /** The name of the snapshot in there. */
  snapshot: string;
}

/** What the steps were asked to do that make such a snapshot, look whether it is whole, and remove it. */
export interface LvmSnapshotParams extends VolumeSnapshot {
  kind: 'source-snapshot' | 'source-check' | 'source-release';
  /** Bytes for what changes meanwhile; null for a thin volume, which takes them from its pool. */
  size: number | null;
  fsType: string;
  /** The endpoint in which nothing may be mounted when it is made, but for what the filters leave out; null where rsync enters no mount. */
  whole: Whole | null;
  /** One of this name that a dead run has left is removed first. */
  replaces: boolean;
}

/** LVM complains of each descriptor that it was handed, such as those of locks. */
const LVM = ['env', 'LVM_SUPPRESS_FD_WARNINGS=1'];

/** In a session of its own no kill of a run reaches it: in the middle of its work it would leave the origin suspended for ever. */
const TO_ITS_END = ['setsid', '--wait'];

/** A name in the group that no other source has: of two volumes, or of two folders in one. */
export function snapshotName(origin: string, sync: string, inode: string): string {
  return [TAG, origin, sync, inode].join('.');
}

export function mountedAt({ group, snapshot }: Pick<VolumeSnapshot, 'group' | 'snapshot'>): string {
  return `${MOUNTED_IN}/${group}.${snapshot}`;
}

/** It is there before there is a snapshot, and goes after it: whoever finds it looks whether there is one. */
const NOTE = `mkdir -p -m 700 ${MOUNTED_IN} "$3" || exit; ${ENTER}[ -d "./$2" ] && [ ! -L "./$2" ] || mkdir "./$2"`;

const REMOVE = [
  'export LVM_SUPPRESS_FD_WARNINGS=1',
  'while mountpoint -q "$6"; do umount "$6" || exit; done',
  'found=$(lvs --noheadings --separator / -o origin,lv_tags --select "vg_name=\\"$3\\" && lv_name=\\"$5\\"") || exit',
  `case $(echo $found) in "") ;; "$4/${TAG}") ${TO_ITS_END.join(' ')} lvremove --quiet --quiet --yes "$3/$5" || exit ;;`,
  '*) echo "$3/$5 is no snapshot of $3/$4 that nbkp has made" >&2; exit 1 ;; esac',
  '[ ! -d "$6" ] || rmdir "$6" || exit',
  `${ENTER}[ ! -d "./$2" ] || rmdir "./$2"`,
].join('\n');

export function lvmCommands(params: LvmSnapshotParams): string[][] {
  const { kind, folder, name, group, snapshot, replaces } = params;
  const remove = removeVolume(params);
  if (kind === 'source-check') return [lookCommand(params), mountedCommand(params)];
  if (kind === 'source-release') return [lookCommand(params), remove];
  return [
    ...(replaces ? [remove] : []),
    ['sh', '-c', NOTE, 'sh', folder, name, mountedAt(params)],
    createCommand(params),
    [...['mount', '-t', params.fsType, '-o', mountOptions(params)], `/dev/${group}/${snapshot}`, mountedAt(params)],
  ];
}

/**
 * Whoever monitors it (dmeventd) unmounts it when it is full, and a source that is empty then is no source. It is not activated
 * when the machine starts, where two file systems with one UUID would be.
 */
function createCommand({ group, origin, snapshot, size }: LvmSnapshotParams): string[] {
  return [
    ...[...LVM, ...TO_ITS_END, 'lvcreate', '--quiet', '--yes', '--snapshot', '--name', snapshot, '--addtag', TAG],
    ...['--monitor', 'n', '--setactivationskip', 'y', '--ignoreactivationskip'],
    ...(size === null ? [] : ['--size', `${size}b`]),
    `${group}/${origin}`,
  ];
}

/** xfs mounts no UUID twice. What was under way when it was made is replayed, for which it is writable. */
function mountOptions({ fsType }: LvmSnapshotParams): string {
  return ['ro', 'nodev', 'nosuid', 'noexec', ...(fsType === 'xfs' ? ['nouuid'] : [])].join(',');
}

/** Says whether it is whole: see `brokenVolume`. */
export function lookCommand({ group, snapshot }: VolumeSnapshot): string[] {
  return [...LVM, 'lvs', '--reportformat', 'json', '-o', 'lv_attr,data_percent', `${group}/${snapshot}`];
}

export function mountedCommand(params: VolumeSnapshot): string[] {
  return ['mountpoint', '-q', mountedAt(params)];
}

/** Unmounts and removes a snapshot by its name. Nothing there is fine. */
export function removeVolume(params: VolumeSnapshot): string[] {
  const { folder, name, group, origin, snapshot } = params;
  return ['sh', '-c', REMOVE, 'sh', folder, name, group, origin, snapshot, mountedAt(params)];
}

export function isLvmSnapshot(params: Json): params is Json & LvmSnapshotParams {
  return areParams('lvmSnapshot', params);
}

import type { BlockDevice, DriveFacts } from '../../planner/model/facts.ts';
import { columnsOf } from './pairs.ts';

/** What the probe says instead of devices where none could be listed. */
export const UNLISTED = '?';

/**
 * The drives of a host, from the probe's `lsblk --pairs` and its list of sequence numbers.
 *
 * @returns a function from a UUID of the spec to what there is of that drive
 */
export function driveTable(pairs: string, sequences: string): (uuid: string) => DriveFacts {
  const rows = pairs
    .split('\n')
    .map(columnsOf)
    .filter((get) => get('NAME') !== '');
  const sequenceOf = new Map(sequences.split('\n').map((line): [string, string] => splitAt(line, line.indexOf(' '))));
  const device = (get: Row): BlockDevice => ({
    ...blockDevice(get, sequenceOf.get(get('KNAME'))),
    ...(below(rows, get('KNAME')).some((kname) => is(rows, kname, 'TYPE', 'crypt')) && { inContainer: true as const }),
  });
  return (uuid) => {
    const having = (column: string) => rows.filter((get) => get(column).toLowerCase() === uuid.toLowerCase());
    // A device with several parents, such as a RAID, has a line for each.
    const devices = new Map(having('UUID').map((get) => [get('KNAME'), device(get)]));
    const child = rows.find((get) => get('TYPE') === 'crypt' && devices.has(get('PKNAME')));
    const [namesake] = devices.size === 0 ? having('PARTUUID') : [];
    const members = (kname: string): string => sequenceOf.get(`member:${kname}`) ?? '';
    return {
      devices: independent([...devices.keys()], rows, members).flatMap((kname) => devices.get(kname) ?? []),
      cleartext: child === undefined ? null : device(child),
      namesake: namesake === undefined ? null : device(namesake),
      ...(pairs.trim() === UNLISTED && { unlisted: true as const }),
    };
  };
}

/**
 * Those of the devices with one UUID that are file systems of their own. The others are another view of one of them:
 * - what it stands on: the paths of a multipath device, or a disk and its own partition, since what mkfs.vfat writes to a
 *   whole disk can be read as a partition table with one partition that is the whole disk; udisks mounts the partition only;
 * - a snapshot of LVM: with its origin it stands on a logical volume that lvm(8) keeps to itself;
 * - another member of the same btrfs. A copy of a member has the member's own UUID too.
 *
 * @param knames their kernel names, in lsblk's order
 * @param memberOf the UUID_SUB of a btrfs device; empty when it is none, or nobody can tell
 */
function independent(knames: readonly string[], rows: readonly Row[], memberOf: (kname: string) => string): string[] {
  const volumes = (kname: string): string[] => below(rows, kname).filter((other) => is(rows, other, 'TYPE', 'lvm'));
  const carried = new Set(knames.flatMap((kname) => below(rows, kname)));
  // The origin of a snapshot stands on less than the snapshot, which also has a store for what has changed.
  const tops = knames.filter((kname) => !carried.has(kname)).toSorted((a, b) => volumes(a).length - volumes(b).length);
  return tops.filter((kname, index) => {
    const earlier = tops.slice(0, index);
    const shares = new Set(volumes(kname));
    if (
      is(rows, kname, 'TYPE', 'lvm') &&
      earlier.some((other) => volumes(other).some((volume) => shares.has(volume)))
    ) {
      return false;
    }
    if (!is(rows, kname, 'FSTYPE', 'btrfs') || earlier.length === 0) return true;
    const member = memberOf(kname);
    return member !== '' && earlier.some((other) => memberOf(other) === member);
  });
}

type Row = (column: string) => string;

/** The kernel names of what a device stands on. A false answer may have it stand on itself. */
function below(rows: readonly Row[], kname: string): string[] {
  const parentsOf = (name: string): string[] =>
    rows.flatMap((get) => (get('KNAME') === name && get('PKNAME') !== '' ? [get('PKNAME')] : []));
  const found = new Set(parentsOf(kname));
  for (const parent of found) for (const further of parentsOf(parent)) found.add(further);
  return [...found].filter((other) => other !== kname);
}

function is(rows: readonly Row[], kname: string, column: string, value: string): boolean {
  return rows.some((get) => get('KNAME') === kname && get(column) === value);
}

function splitAt(text: string, index: number): [string, string] {
  return [text.slice(0, index), text.slice(index + 1)];
}

function blockDevice(get: Row, sequence: string | undefined): BlockDevice {
  return {
    path: get('NAME'),
    type: get('TYPE'),
    fsType: get('FSTYPE'),
    uuid: get('UUID'),
    label: get('LABEL'),
    readOnly: get('RO') === '1',
    ...(sequence === undefined ? {} : { sequence }),
  };
}

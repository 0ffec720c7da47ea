import type { BlockDevice, DriveFacts } from '../../planner/model/facts.ts';
import { columnsOf } from './pairs.ts';

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
  const device = (get: Row): BlockDevice => blockDevice(get, sequenceOf.get(get('KNAME')));
  return (uuid) => {
    const having = (column: string) => rows.filter((get) => get(column).toLowerCase() === uuid.toLowerCase());
    // A device with several parents, such as a RAID, has a line for each.
    const devices = new Map(having('UUID').map((get) => [get('KNAME'), device(get)]));
    const child = rows.find((get) => get('TYPE') === 'crypt' && devices.has(get('PKNAME')));
    const [namesake] = devices.size === 0 ? having('PARTUUID') : [];
    // What mkfs.vfat writes to a whole disk can be read as a partition table, with one partition that is the whole disk.
    // udisks takes it for one, and mounts the partition only.
    for (const get of having('UUID')) if (get('TYPE') === 'part') devices.delete(get('PKNAME'));
    return {
      devices: [...devices.values()],
      cleartext: child === undefined ? null : device(child),
      namesake: namesake === undefined ? null : device(namesake),
    };
  };
}

type Row = (column: string) => string;

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

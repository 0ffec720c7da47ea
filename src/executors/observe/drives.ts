import type { BlockDevice, DriveFacts } from '../../planner/model/facts.ts';
import { columnsOf } from './pairs.ts';

/**
 * The drives of a host, from the probe's `lsblk --pairs`.
 *
 * @returns a function from a UUID of the spec to what there is of that drive
 */
export function driveTable(pairs: string): (uuid: string) => DriveFacts {
  const rows = pairs
    .split('\n')
    .map(columnsOf)
    .filter((get) => get('NAME') !== '');
  return (uuid) => {
    const having = (column: string) => rows.filter((get) => get(column).toLowerCase() === uuid.toLowerCase());
    // A device with several parents, such as a RAID, has a line for each.
    const devices = new Map(having('UUID').map((get) => [get('NAME'), blockDevice(get)]));
    const child = rows.find((get) => get('TYPE') === 'crypt' && devices.has(get('PKNAME')));
    const [namesake] = devices.size === 0 ? having('PARTUUID') : [];
    return {
      devices: [...devices.values()],
      cleartext: child === undefined ? null : blockDevice(child),
      namesake: namesake === undefined ? null : blockDevice(namesake),
    };
  };
}

function blockDevice(get: (column: string) => string): BlockDevice {
  return {
    path: get('NAME'),
    type: get('TYPE'),
    fsType: get('FSTYPE'),
    uuid: get('UUID'),
    label: get('LABEL'),
    readOnly: get('RO') === '1',
  };
}

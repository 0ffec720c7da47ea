import { expect, it } from 'vitest';
import { heldTimes } from '../../../../src/planner/file-systems/held-times.ts';
import { FILE_SYSTEMS, type FileSystem } from '../../../../src/planner/file-systems/table.ts';

const at = (time: string): number => Date.parse(`${time}Z`) / 1000;

function isOne(there: FileSystem | null, given: string, found: string): boolean {
  const times = heldTimes(there);
  return times.given(at(given)).includes(times.found(at(found)));
}

const { vfat, hfsplus, ext4, 'exfat-fuse': exfat } = FILE_SYSTEMS;

it.each([
  ['an even second', vfat, '2026-03-10T10:00:04', '2026-03-10T10:00:04', true],
  ['an odd second that was cut off', vfat, '2026-03-10T10:00:05', '2026-03-10T10:00:04', true],
  ['an odd second that was rounded up', vfat, '2026-03-10T10:00:05', '2026-03-10T10:00:06', true],
  ['another time', vfat, '2026-03-10T10:00:05', '2026-03-10T10:00:08', false],
  ['a time that became the first, in a zone of its own', vfat, '1975-05-05T00:00:00', '1980-01-01T08:00:00', true],
  ['a time that became the last', vfat, '2150-01-01T00:00:00', '2107-12-31T23:59:58', true],
  ['a time that cannot be held, and one that can', vfat, '1975-05-05T00:00:00', '2026-03-10T10:00:04', false],
  ['a time that became another one', hfsplus, '1960-01-01T00:00:00', '2096-02-07T06:28:16', true],
  ['a year of which 7 bits were kept', exfat, '2150-05-05T10:00:01', '2022-05-04T10:00:01', true],
  ['such a year, of another time', exfat, '2150-05-05T10:00:01', '2022-05-05T10:00:08', false],
  ['seconds of which 32 bits were kept', hfsplus, '2150-01-01T00:00:00', '2013-11-24T17:31:44', true],
  ['each second where all are kept', ext4, '2026-03-10T10:00:05', '2026-03-10T10:00:04', false],
  ['each second where nobody knows', null, '2026-03-10T10:00:05', '2026-03-10T10:00:04', false],
] as const)('one time is %s', (_, there, given, found, expected) => {
  expect(isOne(there, given, found)).toBe(expected);
});

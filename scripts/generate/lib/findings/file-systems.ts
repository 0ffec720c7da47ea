import type * as subject from '../../../../src/planner/model/findings/file-systems.ts';
import type { Examples } from './type.ts';

const none = { count: 0, paths: [] };
const left = {
  destination: 'usb:photos',
  title: 'exFAT',
  leftOut: { collides: none, name: { count: 1, paths: ['Talk: notes.txt'] }, size: none },
};

export const examples: Examples<typeof subject> = {
  notKept: [{ volume: 'usb', title: 'exFAT', lost: ['owners', 'modes', 'links'] }],
  fileSystemUntried: [{ volume: 'usb', fsType: 'fuse.rclone' }],
  keptNoMore: [{ volume: 'usb', title: 'NTFS', lost: ['owners', 'permissions'] }],
  optionsCanKeepMore: [{ sync: 'photos', volume: 'usb', more: ['hard links', 'ACLs', 'extended attributes'] }],
  optionsUpgrade: [{ sync: 'photos', files: 1204, bytes: 5_368_709_120, copies: true }],
  optionsAskTooMuch: [{ volume: 'usb', title: 'exFAT', lost: ['owners', 'hard links'] }],
  entriesLeftOut: [left],
  entriesToBeLeftOut: [left],
  entriesSkipped: [left],
  timesNotHeld: [
    {
      ...{ destination: 'usb:photos', title: 'exFAT', from: 315_532_800, to: 4_354_819_199 },
      files: { count: 2, paths: ['scans/1975.jpg', 'scans/1976.jpg'] },
    },
  ],
  lastIsSubvolume: [{ snapshot: '2026-11-28T03:17:00.000Z' }],
  filesNotLinked: [{ files: 1204, snapshot: '2026-11-28T03:17:00.000Z' }],
  filesWrittenAnew: [{ files: 1204, bytes: 5_368_709_120, snapshot: '2026-11-28T03:17:00.000Z' }],
};

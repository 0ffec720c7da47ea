import type * as subject from '../../../../src/planner/model/findings/destinations.ts';
import type { Examples } from './type.ts';

const PHOTOS = '/media/ada/Backup/photos';

export const examples: Examples<typeof subject> = {
  destinationNotWritable: [PHOTOS, true],
  destinationLeadsOut: [PHOTOS, '/srv/elsewhere', '/media/ada/Backup'],
  onOneDisk: [['photos', 'documents'], 'sda'],
  folderLinked: [PHOTOS, 'snapshots'],
  destinationNotPrepared: [{ path: PHOTOS, missing: 'snapshots/', mode: 'hard-link', volume: 'usb' }],
  stagingNotSubvolume: [PHOTOS, 'usb'],
  withoutHardLinks: [PHOTOS, 'exFAT'],
  withHiddenLinks: ['/media/nas/photos', 'sshfs'],
  withoutLinks: ['/media/nas/photos', 'CIFS'],
  notOnBtrfs: [PHOTOS, 'ext4', 'hard-link'],
  btrfsMissing: [],
  btrfsPruneNotAllowed: [PHOTOS, '/media/ada/Backup'],
  udisksWithoutRemoval: ['usb'],
  snapshotMounted: ['2026-11-01T03:17:00.000Z', `${PHOTOS}/snapshots/2026-11-01T03:17:00.000Z`],
  mountedInCopy: [
    '/mnt/usb/documents/snapshots/.partial-2026-03-10T20:00:00.000Z',
    '/mnt/usb/documents/snapshots/.partial-2026-03-10T20:00:00.000Z/shown',
  ],
  historyWouldBeDeleted: [PHOTOS, 40],
  noSnapshots: ['photos'],
  noSnapshotYet: ['usb:photos'],
  noSnapshotsToName: ['photos', '2026-11-28'],
  snapshotUnknown: ['photos', '2026-11-27', ['2026-11-26T03:17:00.000Z', '2026-11-28T03:17:00.000Z']],
  snapshotTooFarBack: ['photos', 50, 40, '2026-10-20T03:17:00.000Z'],
  snapshotAmbiguous: ['photos', '2026-11-2', ['2026-11-27T03:17:00.000Z', '2026-11-28T03:17:00.000Z']],
  restorePathInvalid: ['../Letters'],
  notADestination: ['/media/ada/Backup', [PHOTOS]],
  pathNotInSnapshot: [
    { copy: 'documents', path: 'Leters/2026', folder: '', name: 'Leters', near: ['Letters'], is: null },
  ],
  snapshotUnreadable: ['documents@2026-11-28T03:17:00.000Z', 'ls: Permission denied'],
  markNewer: [`${PHOTOS}/.nbkp-dst`, '2.0'],
  destinationOwned: [
    {
      path: PHOTOS,
      volumes: ['usb'],
      owner: {
        source: '0b7c4a52-6d5e-4f7a-9c55-0c7b8a2f6e11',
        machine: 'desktop',
        sync: 'pictures',
        spec: '/home/ada/.config/nbkp/nbkp.toml',
      },
    },
  ],
  successUnnoted: ['ENOSPC: no space left on device'],
  noRoomLeft: [PHOTOS],
};

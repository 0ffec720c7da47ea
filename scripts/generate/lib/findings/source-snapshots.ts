import type * as subject from '../../../../src/planner/model/findings/source-snapshots.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  sourceSnapshotFileSystem: [{ source: 'laptop:Documents', fsType: 'ext4' }],
  sourceSnapshotNotOnLvm: [{ source: 'laptop:Documents', path: '/home/ada/Documents', device: '/dev/sda2' }],
  sourceSnapshotOfVolume: [{ source: 'laptop:Documents', path: '/home/ada/Documents', fsType: 'btrfs' }],
  sourceSnapshotNotRoot: [{ source: 'laptop:Documents', path: '/home/ada/Documents', user: 'ada' }],
  sourceSnapshotBtrfsMissing: [],
  lvmMissing: [],
  sourceSnapshotVolumeUnknown: [{ source: 'laptop:Documents', why: 'lvs gave no answer that is known here' }],
  sourceSnapshotClosed: [{ source: 'usb:photos', volume: 'usb' }],
  sourceSnapshotWithoutSize: [{ source: 'laptop:Documents', volume: 'vg0/home', sync: 'documents' }],
  lvmWithoutSnapshot: [],
  sourceSnapshotNoRoom: [
    {
      source: 'laptop:Documents',
      volume: 'vg0/home',
      place: 'the volume group vg0',
      free: 1073741824,
      needed: 5368709120,
    },
  ],
  sourceSnapshotFull: [{ volume: 'vg0/home' }],
  sourceSnapshotBroken: [{ volume: 'vg0/home', why: 'it is not mounted any more' }],
  sourceSnapshotUnprepared: [{ path: '/home', volume: 'laptop' }],
  sourceFolderLinked: [{ path: '/home', volume: 'laptop' }],
  sourceSnapshotNotAllowed: [{ subvolume: '/home', target: '/home' }],
  sourceSnapshotMounts: [{ source: 'laptop', targets: ['/home/ada/nas'] }],
  sourceSnapshotAbsoluteRule: ['-/ /home/ada/.cache'],
  sourceSnapshotNoSubvolume: [{ source: 'laptop:Documents', path: '/home/ada/Documents' }],
  sourceSnapshotUnknown: [{ source: 'laptop:Documents', why: 'Operation not permitted' }],
  sourceSnapshotUnused: [{ transfer: 'btrfs-send' }],
  sourceSnapshotInner: [{ source: 'laptop', paths: ['.cache', 'machines/debian'] }],
  sourceSnapshotNeedless: [{ source: 'usb:photos' }],
  sourceSnapshotFailed: [{ source: 'laptop:Documents', why: 'ERROR: cannot snapshot: No space left on device' }],
  sourceSnapshotLeft: [{ path: '/home/.nbkp-source/documents', why: 'ERROR: Could not destroy subvolume' }],
};

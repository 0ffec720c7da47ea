import type * as subject from '../../../../src/planner/model/findings/source-snapshots.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  sourceSnapshotFileSystem: [{ source: 'laptop:Documents', fsType: 'ext4' }],
  sourceSnapshotUnprepared: [{ path: '/home', volume: 'laptop' }],
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

import type * as subject from '../../../../src/planner/model/findings/runs.ts';
import type { Examples } from './type.ts';

const PHOTOS = '/media/ada/Backup/photos';
const OLD = '2026-11-01T03:17:00.000Z';

const failed = (argv: string[], said: string): Parameters<typeof subject.snapshotFailed> => [
  { argv, how: 'ended with exit code 1', said: `${argv[0] ?? ''}: ${said}`, missing: false },
];

export const examples: Examples<typeof subject> = {
  destinationLocked: [
    PHOTOS,
    'run 20261129T031700Z-5f2c (pid 4711 on laptop, since 2026-11-29T03:17:00.000Z: nbkp run)',
    'photos',
  ],
  lockFailed: [`${PHOTOS}/.nbkp-lock cannot be opened: EROFS: read-only file system`],
  runKilled: [130],
  permissionMissing: [],
  internalError: ['transfer:photos', 'TypeError: steps is not iterable'],
  clockBehindLatest: ['photos'],
  pruneHeld: [{ sync: 'photos', snapshots: [OLD, '2026-11-02T03:17:00.000Z'] }],
  scriptNotPossible: ['mount:usb is a step of kind mount of the executor udisks, which a script cannot do', 'drives'],
  transferPrepareFailed: failed(
    ['mkdir', '-p', `${PHOTOS}/snapshots`],
    `cannot create directory '${PHOTOS}/snapshots': Permission denied`,
  ),
  transferCleanUpFailed: failed(
    ['rm', '-rf', `${PHOTOS}/.part`],
    `cannot remove '${PHOTOS}/.part': Input/output error`,
  ),
  snapshotFailed: failed(['mv', '-T', `${PHOTOS}/.latest`, `${PHOTOS}/latest`], 'cannot move: Permission denied'),
  pruneFailed: failed(
    ['rm', '-rf', `${PHOTOS}/snapshots/.prune-${OLD}`],
    `cannot remove '${PHOTOS}/snapshots/.prune-${OLD}': Permission denied`,
  ),
  prepareFailed: failed(['mkdir', '-p', PHOTOS], `cannot create directory '${PHOTOS}': Read-only file system`),
  restoreFailed: failed(['mkdir', '-p', '/srv/restored'], "cannot create directory '/srv/restored': Permission denied"),
  recoverFailed: failed(['rm', '-rf', `${PHOTOS}/.part`], `cannot remove '${PHOTOS}/.part': Input/output error`),
  hookFailed: [
    { argv: ['systemctl', 'stop', 'app'], how: 'could not be started (ENOENT)', said: undefined, missing: true },
  ],
};

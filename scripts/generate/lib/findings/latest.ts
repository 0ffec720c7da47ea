import type * as subject from '../../../../src/planner/model/findings/latest.ts';
import type { Examples } from './type.ts';

const PHOTOS = '/media/ada/Backup/photos';
const NEWEST = '2026-11-28T03:17:00.000Z';
const LATER = '2031-01-01T03:17:00.000Z';
const latest = { path: PHOTOS, newest: NEWEST };

export const examples: Examples<typeof subject> = {
  latestForeign: [latest, true],
  latestDangling: [latest, '2026-11-27T03:17:00.000Z'],
  latestMissing: [latest],
  snapshotsGone: ['usb:photos', PHOTOS, NEWEST],
  snapshotUnverified: ['usb:photos', PHOTOS, [NEWEST]],
  snapshotFromFuture: ['usb:photos', [{ name: LATER, path: `${PHOTOS}/snapshots/${LATER}`, kind: 'directory' }]],
  clockBehindLatest: [
    '2026-11-29T03:17:00.000Z',
    'usb:photos',
    { name: LATER, path: `${PHOTOS}/snapshots/${LATER}`, kind: 'directory' },
  ],
  snapshotNotLater: ['photos', '2026-11-28T03:16:59.000Z', NEWEST],
};

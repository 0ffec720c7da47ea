import type * as subject from '../../../../src/planner/model/findings/presence.ts';
import type { Examples } from './type.ts';

const UUID = '8a3b2c1d-1111-2222-3333-444455556666';
const BACKUP = '/media/ada/Backup';

export const examples: Examples<typeof subject> = {
  notMountedByFstab: ['usb', '/mnt/backup'],
  notMounted: ['usb', UUID],
  otherMounted: [
    'usb',
    UUID,
    BACKUP,
    '/dev/sdc1 (UUID 5941f273-f73c-44c5-a3ef-fae7248db1b6) mounted at /media/ada/Backup',
  ],
  leftClosed: ['usb', true],
  closed: ['usb', true],
  wasMounted: ['usb:photos', BACKUP, '/'],
  volumeAbsent: ['usb', BACKUP],
  notFolder: [BACKUP],
  sentinelMissing: [
    { place: 'usb:photos', role: 'destination', missing: `.nbkp-dst in ${BACKUP}/photos`, volume: 'usb' },
  ],
  volumeUnmarked: ['usb', BACKUP],
  emptyUnmarked: ['usb', BACKUP],
  sourceGone: ['laptop:Photos', '/home/ada/Photos', 'laptop'],
  markNotFile: [`${BACKUP}/photos/.nbkp-dst`, 'link', 'usb'],
  mountpointEmpty: [{ place: 'usb', path: '/mnt/backup', target: '/mnt/backup', inFstab: true, volume: 'usb' }],
  noSentinel: ['.nbkp-dst', `${BACKUP}/photos`],
  pathNotUtf8: ['usb:photos'],
  notInFacts: ['usb:photos'],
  runAtWork: ['photos', { run: '20261129T031700Z-5f2c', startedAt: '2026-11-29T03:17:00.000Z', pid: 4711 }],
  onBattery: ['high-priority'],
  waitsForPower: [],
  networkMetered: [null],
  nothingToReadYet: ['usb:photos', 'photos'],
  upstreamIncomplete: ['usb:photos', 'photos', { outcome: 'failed', at: '2026-11-28T03:17:00.000Z' }],
  staleUpstream: ['photos-offsite', 'photos', { state: 'skipped', last: '2026-11-20T03:17:00.000Z' }],
  syncDisabled: [],
  sourceMissing: ['/home/ada/Photos'],
  volumeNotWritable: [BACKUP],
  rsyncMissing: [' on pi'],
  rsyncUnsuitable: [' on mac', { kind: 'openrsync', version: '' }],
  flockMissing: [' on pi'],
  ownNameLeftOut: ['/home/ada', ['.nbkp-notes', 'work/.rsync-partial'], 2],
};

import type * as subject from '../../../../src/planner/model/findings/guards.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  maxDeleteExceeded: [{ sync: 'photos', lost: 400, before: 1000, percent: 25, files: null }],
  maxChangeExceeded: [
    { sync: 'home', contents: 0, times: 3200, files: 3412, read: { files: 100, same: 100 }, percent: 50 },
  ],
  noInodes: [{ sync: 'photos', destination: 'usb:photos', snapshots: true }],
  minFree: [{ sync: 'photos', destination: 'usb:photos', snapshots: true, free: 1_000_000_000, wanted: 5_000_000_000 }],
  pruneFirstOnlyRsync: ['tar'],
  pruneFirstWithoutSnapshots: ['photos'],
  pruneWhileRefused: [{ sync: 'photos', at: '2026-11-28T03:17:00.000Z' }],
  maxPruneExceeded: [{ sync: 'photos', limit: 1, names: ['2026-11-01T03:17:00.000Z', '2026-11-02T03:17:00.000Z'] }],
  forecastDoesNotFit: [['usb'], { free: 1_000_000_000, bytes: 9_000_000_000, missing: 8_000_000_000, certain: true }],
  sourceEmpty: ['laptop:Photos', 'usb:photos'],
  sourceEmptied: ['laptop:Photos', 'usb:photos', 5120],
  entriesUncountable: ['/media/ada/Backup/photos/snapshots/2026-11-28T03:17:00.000Z'],
};

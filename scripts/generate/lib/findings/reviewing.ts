import type * as subject from '../../../../src/planner/model/findings/reviewing.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  syncRemoved: ['photos', 'laptop:Photos', 'usb:photos'],
  syncNewlyDisabled: ['photos', 'laptop:Photos'],
  snapshotModeChanged: [
    'photos',
    'no snapshots',
    'btrfs snapshots',
    ' There is no history any more: what is deleted or overwritten is gone.',
  ],
  retentionShrinks: [
    'photos',
    ': the next apply would delete a snapshot that it would have kept (2026-08-31T03:17:00.000Z).',
  ],
  deleteNewlyOn: ['photos', 'usb:photos'],
  filterDropsData: [
    'photos',
    '(- *.iso), and deletes it from the copy. How much that is is not known from these facts.',
  ],
  destinationMoved: ['photos', 'disk:photos', 'usb:photos', 'Whether it fits is not known from these facts.'],
  sourceMoved: ['photos', 'laptop:Pictures', 'laptop:Photos'],
  destinationOnSourceDevice: ['photos', 'laptop:Photos'],
  driveChanged: ['usb', '8a3b2c1d-1111-2222-3333-444455556666', '5941f273-f73c-44c5-a3ef-fae7248db1b6'],
  guardLoosened: ['max-delete.percent', 'photos', '60', '25'],
  moreTolerated: ['photos', [23]],
  maxAgeLoosened: ['photos', 'after 60 days', 'after 30 days'],
  hostKeyCheckWeakened: ['pi-lan'],
  passphraseIdChanged: ['usb is unlocked with the passphrase archive instead of usb.'],
  credentialsChanged: ['env'],
  commandAdded: ['photos', 'before the transfer', ['systemctl', 'stop', 'app']],
  executorChanged: ['photos', 'tar', 'rsync'],
  executorSettingsChanged: ['tar', 'photos'],
  revisionUnreadable: ['main:nbkp.toml', "path 'nbkp.toml' does not exist in 'main'"],
};

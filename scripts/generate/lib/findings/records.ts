import type * as subject from '../../../../src/planner/model/findings/records.ts';
import type { Examples } from './type.ts';

const STATE = '/home/ada/.local/state/nbkp';
const RUN = `${STATE}/runs/20261129T031700Z-5f2c`;
const FULL = 'ENOSPC: no space left on device';

export const examples: Examples<typeof subject> = {
  damagedRun: [`${RUN}/run.json`],
  stateNewer: [STATE, '2', '1'],
  unitsUnreadable: ['/etc/systemd/system', 'EACCES: permission denied'],
  recordUnreadable: [`${STATE}/specs/1f2e3d4c/history/photos.json`, 'it is damaged'],
  checksumsUnreadable: [`${STATE}/checksums/1f2e3d4c/00000001.txt`, 'EIO: i/o error'],
  checksumsUnwritable: [STATE, FULL],
  stateUnwritable: [STATE, FULL],
  stateUnreadable: [STATE, 'EACCES: permission denied'],
  journalUnwritable: [`${RUN}/journal.ndjson`, FULL],
  eventsUnwritable: ['/var/log/nbkp.events', 'EACCES: permission denied'],
  runAmbiguous: ['2026112', ['20261128T031700Z-77aa', '20261129T031700Z-5f2c']],
  runUnknown: [STATE, '20261127'],
};

import type * as subject from '../../../../src/planner/model/findings/first-spec.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  initNeedsTerminal: [],
  initNeedsDestination: [['Backup (/dev/sdb1)', 'Archive (/dev/sdc1)']],
  destinationAmbiguous: ['Backup', ['/dev/sdb1', '/dev/sdc1'], '/dev/sdb1'],
  noDestinationFound: [],
  destinationNotFound: ['Backupp'],
  destinationMissing: ['/media/ada/Backup'],
  serverDoesNotAnswer: ['pi', 'no such name'],
  placeNotWritable: ['/media/ada/Backup'],
  destinationUsed: ['Backup (/dev/sdb1)', 'backups/laptop/home'],
  nothingToBackUp: ['/home/ada/Pictures'],
  sourceOnNetwork: ['/home/ada', 'nfs4', 'nas:/export/ada'],
};

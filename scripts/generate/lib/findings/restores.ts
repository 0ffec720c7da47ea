import type * as subject from '../../../../src/planner/model/findings/restores.ts';
import type { Examples } from './type.ts';

const TO = '/home/ada/restored';

export const examples: Examples<typeof subject> = {
  restoreKept: [TO, { count: 5, paths: ['Letters/to-bob.txt', 'Letters/to-eve.txt'] }, 'never'],
  restoreDoesNotFit: [TO, 1_000_000_000, 9_000_000_000],
  restoreHoldsLess: ['/media/ada/Stick', 'exFAT'],
  restoreLinkLeft: [TO, { count: 1, paths: ['Pictures'] }],
  restoreReplaces: [TO, { count: 1, paths: ['Letters'] }],
  restoreIntoDestination: ['/media/ada/Backup/photos/old', 'photos'],
  restoreOntoSource: ['/home/ada/Documents', 'documents', 'if-older'],
};

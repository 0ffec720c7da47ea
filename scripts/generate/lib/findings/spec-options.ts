import type * as subject from '../../../../src/planner/model/findings/spec-options.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  notAnOption: ['archive'],
  unknownRsyncOption: ['--detele', '--detele', ['--delete']],
  optionNeedsValue: ['--bwlimit'],
  optionTakesNone: ['--checksum'],
  rsyncOptionNotAllowed: [
    '--dry-run',
    { why: 'copies nothing to the destination', instead: 'Remove it. To see what would be copied: nbkp plan --files' },
  ],
  sudoWithoutServer: [],
  sudoWithSnapshots: ['hard-link'],
};

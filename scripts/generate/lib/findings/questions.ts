import type * as subject from '../../../../src/planner/model/findings/questions.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  usage: ['There is no flag `--ofline`.', 'Did you mean `--offline`?'],
  notConfirmed: ['Nothing was done.'],
  confirmationImpossible: ['To run the plan without a question: --yes, or nbkp run in a timer.'],
  interrupted: [],
  demoInterrupted: ['/tmp/nbkp-demo-x1Y2z3'],
  folderNotEmpty: ['/home/ada/play'],
};

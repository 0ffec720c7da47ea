import type * as subject from '../../../../src/planner/model/findings/shells.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  completionForeign: ['/home/ada/.local/share/bash-completion/completions/nbkp'],
  completionUnwritable: ['/home/ada/.config/fish/completions/nbkp.fish', 'EACCES: permission denied'],
};

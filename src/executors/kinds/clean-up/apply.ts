import { sequence } from '../command/run-commands.ts';

/** What a dead run left and nobody needs. */
export const applyCleanUp = sequence('recover-failed');

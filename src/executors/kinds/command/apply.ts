import { sequence } from './run-commands.ts';

/** Commands of the user: those before and after a sync, and those for a failure. */
export const applyCommand = sequence('hook-failed');

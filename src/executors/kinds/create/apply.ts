import { sequence } from '../command/run-commands.ts';

/** Sentinels, directories and subvolumes. */
export const applyCreate = sequence('prepare-failed');

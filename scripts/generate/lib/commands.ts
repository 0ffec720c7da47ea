/* What scripts/generate/3-commands.js needs of the sources. */
export { COMMANDS, LOADERS } from '../../../src/commands/index.ts';
export { NbkpHelp } from '../../../src/commands/help.ts';

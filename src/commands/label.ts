import type { Command } from '@oclif/core/command';

/** As the command calls it, such as `SYNC[@SNAPSHOT]`: scripts/generate/3-commands.js. */
export function labelOf(arg: Command.Arg.Any): string {
  return 'label' in arg && typeof arg.label === 'string' ? arg.label : arg.name;
}

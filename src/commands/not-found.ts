import type { Config } from '@oclif/core/config';
import { nearest } from '../planner/model/suggest.ts';
import { UsageError } from './usage-error.ts';

/** What can be said of words that name no command: which of them is too many, or which command is near. */
export function notFound({ commandIDs }: Pick<Config, 'commandIDs'>, id: string): UsageError {
  const typed = id.replaceAll(':', ' ');
  const commands = commandIDs.map((each) => each.replaceAll(':', ' '));
  const command = commands.find((each) => typed.startsWith(`${each} `));
  if (command !== undefined) {
    const surplus = typed.slice(command.length + 1);
    return new UsageError(`\`nbkp ${command}\` takes no \`${surplus}\`.`, `See \`nbkp ${command} --help\`.`);
  }
  const see = 'See `nbkp --help`.';
  if (typed.startsWith('-')) return new UsageError('The command comes first, then its flags.', see);
  const near = nearest(typed, commands);
  return new UsageError(`There is no command \`${typed}\`.`, near === null ? see : `Did you mean \`nbkp ${near}\`?`);
}

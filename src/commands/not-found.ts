import type { Config } from '@oclif/core/config';
import { nearest } from '../planner/model/suggest.ts';
import { UsageError } from '../api/usage-error.ts';

/** Words that others use for what a command does. */
const MEANT: Readonly<Record<string, string>> = {
  backup: '`nbkp apply`, which asks, or `nbkp run`, which does not',
  sync: '`nbkp apply`, which asks, or `nbkp run`, which does not',
  'dry-run': '`nbkp plan`',
  preview: '`nbkp plan --files`',
  mount: '`nbkp volumes mount`',
  unmount: '`nbkp volumes unmount`',
  umount: '`nbkp volumes unmount`',
  drives: '`nbkp volumes list`',
  list: '`nbkp snapshots list`, or `nbkp ls SYNC` for what is in one',
  prune: '`nbkp snapshots prune`',
  forget: '`nbkp snapshots prune`',
  log: '`nbkp history`',
  logs: '`nbkp history`',
  config: '`nbkp spec show`',
  validate: '`nbkp spec validate`',
  import: '`nbkp spec import`',
  install: '`nbkp schedule install` for backups that run by themselves',
  cron: '`nbkp schedule show`',
  timer: '`nbkp schedule show`',
  unlock: '`nbkp volumes mount`',
};

/** What can be said of words that name no command: which of them is too many, or which command is near. */
export function notFound(config: Pick<Config, 'commandIDs' | 'findCommand'>, id: string): UsageError {
  const typed = id.replaceAll(':', ' ');
  const commands = config.commandIDs.map((each) => each.replaceAll(':', ' '));
  const command = commands.find((each) => typed.startsWith(`${each} `));
  if (command !== undefined) {
    const surplus = typed.slice(command.length + 1);
    const choosing = config.findCommand(command.replaceAll(' ', ':'))?.flags['only'] !== undefined;
    const only = choosing ? `One sync alone: \`nbkp ${command} --only ${surplus.split(' ', 1).join('')}\`. ` : '';
    return new UsageError(`\`nbkp ${command}\` takes no \`${surplus}\`.`, `${only}See \`nbkp ${command} --help\`.`);
  }
  const see = 'See `nbkp --help`.';
  if (typed.startsWith('-')) return new UsageError('The command comes first, then its flags.', see);
  const meant = MEANT[typed.split(' ')[0] ?? ''];
  if (meant !== undefined) return new UsageError(`There is no command \`${typed}\`.`, `That is ${meant}.`);
  const near = nearest(typed, commands);
  return new UsageError(`There is no command \`${typed}\`.`, near === null ? see : `Did you mean \`nbkp ${near}\`?`);
}

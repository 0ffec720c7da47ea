import { stripVTControlCharacters } from 'node:util';
import { nearest } from '../planner/model/suggest.ts';

/** Thrown for a command line that cannot be meant so: exit code 64, without a trace. */
export class UsageError extends Error {
  /** What to type instead. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

/** What oclif's parser throws, in the words of nbkp. Everything that it throws is about what was typed. */
export function parserError(error: unknown, command: string, flags: readonly string[]): UsageError {
  if (!(error instanceof Error)) throw error;
  const help = `See \`nbkp ${command} --help\`.`;
  if ('flags' in error && Array.isArray(error.flags)) {
    const [flag = ''] = error.flags.map(String);
    const near = nearest(flag.replace(/^-+/, ''), flags);
    return new UsageError(`There is no flag \`${flag}\`.`, near === null ? help : `Did you mean \`--${near}\`?`);
  }
  const message = stripVTControlCharacters(error.message).replace(/\nSee more help with --help$/, '');
  return new UsageError(message, help);
}

import { stripVTControlCharacters } from 'node:util';
import { UsageError } from '../api/usage-error.ts';
import { nearest, knownNamesText } from '../planner/model/suggest.ts';
import { isRecord } from '../planner/model/json.ts';

/** What a command takes, as far as its errors have to name it. */
export interface Taken {
  /** As typed: `volumes list`. */
  command: string;
  flags: Readonly<Record<string, { summary?: string | undefined; helpValue?: string | string[] | undefined }>>;
  /** By key, with the names that the help shows. */
  args: Readonly<Record<string, Argument>>;
  /** What the spec has to choose from; none where there is no spec. */
  names(kind: 'sync' | 'volume'): readonly string[];
}

interface Argument {
  name: string;
  required?: boolean | undefined;
  description?: string | undefined;
  options?: readonly string[];
}

/** What oclif's parser throws, in the words of nbkp. Everything that it throws is about what was typed. */
export function parserError(error: unknown, taken: Taken): UsageError {
  if (!(error instanceof Error)) throw error;
  const help = `See \`nbkp ${taken.command} --help\`.`;
  if ('flags' in error && Array.isArray(error.flags)) {
    const [flag = ''] = error.flags.map(String);
    const near = nearest(flag.replace(/^-+/, ''), Object.keys(taken.flags));
    return new UsageError(`There is no flag \`${flag}\`.`, near === null ? help : `Did you mean \`--${near}\`?`);
  }
  // Only an argument that is missing is an object; one too many is a word.
  const [missing] = 'args' in error && Array.isArray(error.args) ? (error.args as unknown[]) : [];
  if (isNamed(missing)) return missingArgument(missing.name, taken, help);
  const message = stripVTControlCharacters(error.message)
    .replace(/\nSee more help with --help$/, '')
    .replace(/^The following errors? occurred:/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return flagProblem(message, taken, help);
}

function isNamed(value: unknown): value is { name: string } {
  return isRecord(value) && typeof value['name'] === 'string';
}

function missingArgument(key: string, taken: Taken, help: string): UsageError {
  const { name, description = '', options } = taken.args[key] ?? { name: key.toUpperCase() };
  if (name.startsWith('SYNC')) return which('sync', taken, help);
  const words = Object.values(taken.args).map((each) => (each.required === true ? each.name : `[${each.name}]`));
  const sentence = `${name} is missing: type \`nbkp ${[taken.command, ...words].join(' ')}\`.`;
  if (options !== undefined) return new UsageError(sentence, `There are: ${options.join(', ')}`);
  return new UsageError(sentence, `${description} ${help}`.trimStart());
}

function which(kind: 'sync' | 'volume', taken: Taken, help: string): UsageError {
  const names = taken.names(kind);
  return new UsageError(`Which ${kind}?`, names.length === 0 ? help : knownNamesText(names));
}

/** What a flag means whose value is a name of the spec. */
const NAMED: Readonly<Record<string, 'sync' | 'volume'>> = { only: 'sync', exclude: 'sync', require: 'volume' };

function flagProblem(message: string, taken: Taken, help: string): UsageError {
  const [, valueless] = /^Flag --(\S+) expects a value/.exec(message) ?? [];
  const kind = NAMED[valueless ?? ''];
  if (kind !== undefined) return which(kind, taken, help);
  const [, absent = valueless] = /^Missing required flag (\S+)$/.exec(message) ?? [];
  if (absent !== undefined) {
    const { helpValue = 'VALUE', summary = '' } = taken.flags[absent] ?? {};
    return new UsageError(`--${absent} ${String(helpValue)} is missing.`, `${summary} ${help}`.trimStart());
  }
  const plain = message
    .replace(/^Parsing (--\S+) /, '$1: ')
    .replace(/(--\S+?)=true cannot also be provided when using /, '$1 does not go together with ');
  return new UsageError(plain.endsWith('.') ? plain : `${plain}.`, help);
}

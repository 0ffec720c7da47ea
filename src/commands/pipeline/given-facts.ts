import * as Flags from '@oclif/core/flags';
import { success, type Result } from '../../planner/model/result.ts';
import { assumedAt, recordedIn, type FactsSource } from '../../api/given-facts.ts';
import { UsageError } from '../../api/usage-error.ts';

/** Flags of commands that can plan without looking. Such a plan cannot be applied. */
export const factsFlags = {
  facts: Flags.string({
    helpValue: 'FILE',
    summary: 'Plan from facts that `facts export` recorded. Nothing is observed.',
  }),
  offline: Flags.boolean({ summary: 'Plan from the spec alone, as if everything were there. Nothing is observed.' }),
};

/** What a spec is opened for by these flags: where nothing is observed, it is only read. */
export function givenUse(flags: { facts?: string | undefined; offline: boolean }): 'read' | 'look' {
  return flags.offline || flags.facts !== undefined ? 'read' : 'look';
}

/** For commands whose result others read, or that are run on a spec of others. */
export const outsideFlag = {
  'outside-files': Flags.boolean({
    summary: 'Read filter files outside of the folder of the spec too, where nothing is observed and for Markdown.',
  }),
};

/** Whether these flags let filter files outside of the folder of a spec be read. */
export function readsOutside(flags: {
  facts?: string | undefined;
  offline: boolean;
  format: string;
  'outside-files': boolean;
}): boolean {
  return flags['outside-files'] || (givenUse(flags) === 'look' && flags.format !== 'markdown');
}

/** What makes facts for any spec, or null when they have to be observed. */
export type GivenFacts = FactsSource | null;

/**
 * Where facts come from by these flags. Errors are those of the facts file (exit code 65).
 *
 * @throws UsageError for both flags at once
 */
export function factsSource(flags: { facts?: string | undefined; offline: boolean }): Result<GivenFacts> {
  if (flags.offline && flags.facts !== undefined) {
    throw new UsageError('--facts and --offline exclude each other.', '--offline plans without any facts.');
  }
  if (flags.offline) return success(assumedAt(Date.now()));
  return flags.facts === undefined ? success(null) : recordedIn(flags.facts);
}

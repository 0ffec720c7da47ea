import { hostname } from 'node:os';
import { dirname } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { readFilterFiles, type FilterFacts } from '../../hosts/observe/filter-files.ts';
import { userName } from '../../hosts/observe/user-name.ts';
import { readFactsFile } from '../../store/document-files.ts';
import { assumedFacts } from '../../planner/facts/assumed.ts';
import { questionsFor } from '../../planner/facts/questions.ts';
import type { Facts } from '../../planner/model/facts.ts';
import { success, type Result } from '../../planner/model/result.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { decodeFacts } from '../../planner/plan-file/decode.ts';
import { UsageError } from '../../api/usage-error.ts';
import type { Workspace } from '../../api/workspace.ts';

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

/** How filter files are read, besides where they are. */
type Filters = Workspace['filters'];

/** What makes facts for any spec, or null when they have to be observed. */
export type FactsSource = ((spec: Spec, filters: Filters) => Facts) | null;

/**
 * Where facts come from by these flags. Errors are those of the facts file (exit code 65).
 *
 * @throws UsageError for both flags at once
 */
export function factsSource(flags: { facts?: string | undefined; offline: boolean }): Result<FactsSource> {
  if (flags.offline && flags.facts !== undefined) {
    throw new UsageError('--facts and --offline exclude each other.', '--offline plans without any facts.');
  }
  if (flags.offline) return success(assumed);
  if (flags.facts === undefined) return success(null);
  const text = readFactsFile(flags.facts);
  if (!text.ok) return text;
  const recorded = decodeFacts(text.value, flags.facts);
  if (!recorded.ok) return recorded;
  return success((spec, filters) => withRead(recorded.value, filterFacts(spec, filters)));
}

/** Facts for planning from the spec alone, now and here. */
export function assumed(spec: Spec, filters: Filters): Facts {
  const machine = { hostname: hostname(), user: userName() };
  const facts = assumedFacts(spec, { observedAt: new Date().toISOString(), machine, filterFiles: {} });
  return withRead(facts, filterFacts(spec, filters));
}

/** They belong to the spec and are read where it is, even when nothing is observed. */
function filterFacts(spec: Spec, filters: Filters): FilterFacts {
  return readFilterFiles(questionsFor(spec).filterFiles, { ...filters, folder: dirname(spec.path), anyOwner: true });
}

/** What is read now counts more than what was recorded; of a file that is not read what was recorded stays. */
function withRead(facts: Facts, { filterFiles, filterProblems = {} }: FilterFacts): Facts {
  const known = (path: string): boolean => facts.filterFiles[path] != null && filterFiles[path] === null;
  const read = Object.entries(filterFiles).filter(([path]) => !known(path));
  const problems = Object.entries(filterProblems).filter(([path]) => !known(path));
  const { filterProblems: _, ...rest } = facts;
  return {
    ...rest,
    filterFiles: { ...facts.filterFiles, ...Object.fromEntries(read) },
    ...(problems.length === 0 ? {} : { filterProblems: Object.fromEntries(problems) }),
  };
}

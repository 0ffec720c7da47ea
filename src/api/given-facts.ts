import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { readFilterFiles, type FilterFacts } from '../hosts/observe/filter-files.ts';
import { userName } from '../hosts/observe/user-name.ts';
import { assumedFacts } from '../planner/facts/assumed.ts';
import { questionsFor } from '../planner/facts/questions.ts';
import type { Facts } from '../planner/model/facts.ts';
import { success, type Result } from '../planner/model/result.ts';
import type { Spec } from '../planner/model/spec.ts';
import { decodeFacts } from '../planner/plan-file/decode.ts';
import { readFactsFile } from '../store/document-files.ts';
import type { Workspace } from './workspace.ts';

/** How filter files are read, besides where they are. */
type Filters = Workspace['filters'];

/** What makes facts for any spec without looking at more than its filter files. */
export type FactsSource = (spec: Spec, filters: Filters) => Facts;

/** Facts that were recorded, with the filter files of today. */
export function recorded(facts: Facts): FactsSource {
  return (spec, filters) => withRead(facts, filterFacts(spec, filters));
}

/** Facts of a file of `nbkp facts export`. */
export function recordedIn(path: string): Result<FactsSource> {
  const text = readFactsFile(path);
  if (!text.ok) return text;
  const facts = decodeFacts(text.value, path);
  return facts.ok ? success(recorded(facts.value)) : facts;
}

/** Facts as others may see them: pseudonyms for the names of machines, users, folders and files. */
export { redactFacts } from '../planner/facts/redact.ts';
export { writeFactsFile } from '../store/document-files.ts';

/** Facts for planning from the spec alone, here. @param now milliseconds since 1970 */
export function assumedAt(now: number): FactsSource {
  return (spec, filters) => {
    const machine = { hostname: hostname(), user: userName() };
    const facts = assumedFacts(spec, { observedAt: new Date(now).toISOString(), machine, filterFiles: {} });
    return withRead(facts, filterFacts(spec, filters));
  };
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

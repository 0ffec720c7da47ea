import { hostname } from 'node:os';
import { dirname } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { readFilterFiles } from '../../hosts/observe/filter-files.ts';
import { userName } from '../../hosts/observe/user-name.ts';
import { readFactsFile } from '../../store/document-files.ts';
import { assumedFacts } from '../../planner/facts/assumed.ts';
import { questionsFor } from '../../planner/facts/questions.ts';
import type { Facts } from '../../planner/model/facts.ts';
import { success, type Result } from '../../planner/model/result.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { decodeFacts } from '../../planner/plan-file/decode.ts';
import { UsageError } from '../usage-error.ts';

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

/** What makes facts for any spec, or null when they have to be observed. */
export type FactsSource = ((spec: Spec) => Facts) | null;

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
  return success((spec) => ({
    ...recorded.value,
    filterFiles: { ...recorded.value.filterFiles, ...filterFiles(spec) },
  }));
}

/** Facts for planning from the spec alone, now and here. */
export function assumed(spec: Spec): Facts {
  const machine = { hostname: hostname(), user: userName() };
  return assumedFacts(spec, { observedAt: new Date().toISOString(), machine, filterFiles: filterFiles(spec) });
}

/** They belong to the spec and are read where it is, even when nothing is observed. */
function filterFiles(spec: Spec): Facts['filterFiles'] {
  return readFilterFiles(questionsFor(spec).filterFiles, dirname(spec.path));
}

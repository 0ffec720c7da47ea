import { type Finding, locate } from '../../model/finding.ts';
import {
  filterClearsProtection,
  filterFileOutside,
  filterFileUnreadable,
  filterFileWritable,
  filterInvalid,
  filterNestedMerge,
} from '../../model/findings/filters.ts';
import type { Filter } from '../../model/spec.ts';
import type { KnownSync } from '../../model/known.ts';
import { parseFilterRule } from '../../spec/filters/rule.ts';

/** A rule for a copy that is a whole ext file system: that folder is for e2fsck(8), and mke2fs(8) makes it. */
export const LOST_AND_FOUND = 'P /lost+found/';

/** Rules as rsync's `--filter` takes them. A rule with an error among its findings is left out. */
export interface Expanded {
  rules: string[];
  /** The same rules as a message may name them: those of files by their line. */
  named: string[];
  findings: Finding[];
}

/** A rule and where it was written: in a file, or in the spec itself. */
interface Written {
  rule: string;
  file?: string;
  /** In that file, from 1. */
  line?: number;
  /** The place in the spec. */
  where: Pick<Finding, 'location' | 'excerpt'>;
}

/**
 * All filter rules of a sync in order, those of filter files in place of the files: what excludes what is then in
 * the plan, and the files need not be where rsync runs.
 *
 * @returns errors `filter-file-unreadable`, `filter-file-writable-by-others`, `filter-file-outside` (a warning), `filter-clears-protection`, `filter-nested-merge`, `filter-invalid`
 */
export function expandFilters(input: KnownSync): Expanded {
  const parts = partsOf(input);
  const judged = parts.flatMap(({ rules }) => rules).map((written) => ({ ...written, finding: objection(written) }));
  const good = judged.filter(({ finding }) => finding === null);
  return {
    rules: good.map(({ rule }) => rule),
    named: good.map((written) => (written.file === undefined ? written.rule : nameOf(written))),
    findings: [...parts.flatMap(({ findings }) => findings), ...judged.flatMap(({ finding }) => finding ?? [])],
  };
}

/**
 * The first rule for absolute paths of the source (rsync's modifier `/`): what a message calls it, and its place. Null for none. Rules
 * for the receiver's side alone are for paths of the destination. Files of `dir-merge` are not read.
 */
export function absoluteRule(input: KnownSync): ({ rule: string } & Written['where']) | null {
  const rules = partsOf(input).flatMap((part) => part.rules);
  const written = rules.find(({ rule }) => isAbsolute(rule));
  return written === undefined ? null : { rule: nameOf(written), ...written.where };
}

function isAbsolute(text: string): boolean {
  const rule = parseFilterRule(text);
  if ('problem' in rule || rule.kind === 'protect' || rule.kind === 'risk') return false;
  const { modifiers } = rule;
  return modifiers.includes('/') && (modifiers.includes('s') || !modifiers.includes('r'));
}

function partsOf(input: KnownSync): Part[] {
  const { sync, spec } = input;
  const where = (key: string): Written['where'] => locate(spec, `/syncs/${sync.name}/${key}`);
  const parts = sync.filters.map((filter, index) => rulesOf(input, filter, where(`filters/${index}`)));
  if (sync.filterFile !== null) parts.push(rulesOfFile(input, sync.filterFile, where('filter-file')));
  return parts;
}

interface Part {
  rules: Written[];
  findings: Finding[];
}

function rulesOf(input: KnownSync, filter: Filter, where: Written['where']): Part {
  switch (filter.kind) {
    case 'rule':
      return { rules: [{ rule: filter.rule, where }], findings: [] };
    case 'include':
      return { rules: [{ rule: `+ ${filter.pattern}`, where }], findings: [] };
    case 'exclude':
      return { rules: [{ rule: `- ${filter.pattern}`, where }], findings: [] };
    case 'dir-merge':
      return { rules: [{ rule: `${filter.excludeSelf ? ':e' : ':'} ${filter.name}`, where }], findings: [] };
    case 'merge':
      return rulesOfFile(input, filter.path, where);
  }
}

function rulesOfFile({ facts }: KnownSync, path: string, where: Written['where']): Part {
  const lines = facts.filterFiles[path] ?? null;
  const problem = facts.filterProblems?.[path];
  if (problem?.kind === 'outside') return { rules: [], findings: [{ ...filterFileOutside(path), ...where }] };
  const rules = (lines ?? [])
    .map((rule, index) => ({ rule, file: path, line: index + 1, where }))
    .filter(({ rule }) => rule !== '');
  if (problem !== undefined) {
    const severity = lines === null ? 'error' : 'warning';
    return { rules, findings: [{ ...filterFileWritable(path, problem.because, problem.help), severity, ...where }] };
  }
  return { rules, findings: lines === null ? [{ ...filterFileUnreadable(path), ...where }] : [] };
}

/** What a message calls a rule: of a file nothing is quoted. */
function nameOf({ rule, file, line = 0 }: Written): string {
  return file === undefined ? `"${rule}"` : `in line ${line} of ${file}`;
}

const CLEAR = /^(?:!|clear(?:[ _,]|$))/;
const MERGE = /^(?:\.|merge(?:[ _,]|$))/;
const SHORT = /^[-+:HSPR],?[-+/!Cenprswx]*[ _]./s;
const LONG = /^(?:exclude|include|hide|show|protect|risk|dir-merge)(?:,[-+/!Cenprswx]*)?[ _]./s;
/** The only rules without a pattern: CVS excludes. */
const CVS = /^[-:],?[-+/!enprswx]*C[-+/!Cenprswx]*$/;

function objection(written: Written): Finding | null {
  const { rule, file, where } = written;
  const named = nameOf(written);
  if (CLEAR.test(rule)) return { ...filterClearsProtection(named), ...where };
  if (MERGE.test(rule)) return { ...filterNestedMerge(named), ...where };
  const valid = (SHORT.test(rule) || LONG.test(rule) || CVS.test(rule)) && !/[\0\n\uFFFD]/.test(rule);
  return valid ? null : { ...filterInvalid(file === undefined ? named : `What is ${named}`), ...where };
}

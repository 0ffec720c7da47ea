import type { SyncPlanning } from '../../model/executor.ts';
import { type Finding, locate } from '../../model/finding.ts';
import { filterFileOutside, filterFileWritable } from '../../model/findings/filters.ts';
import type { Filter } from '../../model/spec.ts';

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

type Planning = Pick<SyncPlanning, 'spec' | 'facts' | 'sync'>;

/**
 * All filter rules of a sync in order, those of filter files in place of the files: what excludes what is then in
 * the plan, and the files need not be where rsync runs.
 *
 * @returns errors `filter-file-unreadable`, `filter-file-writable-by-others`, `filter-file-outside` (a warning), `filter-clears-protection`, `filter-nested-merge`, `filter-invalid`
 */
export function expandFilters(input: Planning): Expanded {
  const { sync, spec } = input;
  const where = (key: string): Written['where'] => locate(spec, `/syncs/${sync.name}/${key}`);
  const parts = sync.filters.map((filter, index) => rulesOf(input, filter, where(`filters/${index}`)));
  if (sync.filterFile !== null) parts.push(rulesOfFile(input, sync.filterFile, where('filter-file')));
  const judged = parts.flatMap(({ rules }) => rules).map((written) => ({ ...written, finding: objection(written) }));
  const good = judged.filter(({ finding }) => finding === null);
  return {
    rules: good.map(({ rule }) => rule),
    named: good.map((written) => (written.file === undefined ? written.rule : nameOf(written))),
    findings: [...parts.flatMap(({ findings }) => findings), ...judged.flatMap(({ finding }) => finding ?? [])],
  };
}

interface Part {
  rules: Written[];
  findings: Finding[];
}

function rulesOf(input: Planning, filter: Filter, where: Written['where']): Part {
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

function rulesOfFile({ facts }: Planning, path: string, where: Written['where']): Part {
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
  return { rules, findings: lines === null ? [unreadable(path, where)] : [] };
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
  const error = (code: string, message: string, help: string): Finding => ({
    severity: 'error',
    code,
    message,
    help,
    ...where,
  });
  const named = nameOf(written);
  if (CLEAR.test(rule)) {
    return error(
      'filter-clears-protection',
      `The filter rule ${named} would clear the rules that keep sentinels and partial files from being deleted.`,
      'Leave it out; rules before it come from the spec alone.',
    );
  }
  if (MERGE.test(rule)) {
    return error(
      'filter-nested-merge',
      `The filter rule ${named} reads another file, whose rules the plan would not show.`,
      'Write { merge = "FILE" } in the filters of the spec instead.',
    );
  }
  const valid = (SHORT.test(rule) || LONG.test(rule) || CVS.test(rule)) && !/[\0\n\uFFFD]/.test(rule);
  if (valid) return null;
  return error(
    'filter-invalid',
    `${file === undefined ? named : `What is ${named}`} is not a filter rule of rsync.`,
    'A rule is a sign and a pattern, such as "- *.tmp" or "+ /keep/***"; see FILTER RULES in man rsync.',
  );
}

function unreadable(path: string, where: Written['where']): Finding {
  return {
    severity: 'error',
    code: 'filter-file-unreadable',
    message: `The filter file ${path} cannot be read, so that it is not known what to leave out.`,
    help: 'It is read on this machine, where the spec is: check that it is there, is text, and can be read.',
    ...where,
  };
}

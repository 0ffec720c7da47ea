import type { CheckDocument, CheckResult } from '../../planner/model/documents.ts';
import { findingLines, foldedFindingsText } from '../findings.ts';
import type { Style } from '../style.ts';
import { joinTexts, linesText } from '../text/blocks.ts';
import { groupBy } from '../text/group.ts';
import { formatCount, listNames, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { wrap } from '../text/width.ts';

/** So many subjects of one cause are named besides the first. */
const NAMED = 5;

/** So many causes with one code are told. */
const CAUSES = 3;

/**
 * Each precondition that does not hold, with its code and the commands that fix it; the others only as a number.
 *
 * @param options `all` tells those of one cause one by one; `strict`: what is absent is an error
 */
export function checkText(
  document: Pick<CheckDocument, 'checks' | 'findings'>,
  style: Style,
  { all = false, strict = false }: { all?: boolean; strict?: boolean } = {},
): string {
  const safe = sanitised(document);
  const failed = safe.checks.filter((check) => check.outcome === 'failed');
  const absent = safe.checks.filter((check) => check.outcome === 'absent');
  const passed = safe.checks.length - failed.length - absent.length;
  const told = [...failed, ...absent];
  const causes = [...groupBy<CheckResult, unknown>(told, all ? (check) => check : causesOf(told)).values()];
  for (const group of causes) group.sort((a, b) => Math.min(b.fix.length, 1) - Math.min(a.fix.length, 1));
  const kinds = [...groupBy(causes, ([first]) => (all ? first : kindOf(first))).values()];
  const blocks = kinds.flatMap((kind) => kindBlocks(kind, style));
  const folded =
    blocks.length < told.length ? linesText(wrap('nbkp check --all tells each by itself.', style.width)) : '';
  const findings = foldedFindingsText(safe.findings, style, all);
  const said = verdict({ failed: failed.length, absent: absent.length, passed, strict }, style);
  return joinTexts([...blocks, findings, said + folded]);
}

/** What is so for the same words has one cause, also where only one of them knows the commands that fix it. */
function causesOf(told: readonly CheckResult[]): (check: CheckResult) => string {
  const wordsOf = ({ outcome, finding }: CheckResult): string =>
    JSON.stringify([outcome, finding?.code, finding?.message]);
  const fixed = new Map(told.filter(({ fix }) => fix.length > 0).map((check) => [wordsOf(check), causeOf(check)]));
  return (check) => fixed.get(wordsOf(check)) ?? causeOf(check);
}

/** What the same commands fix, or what is so for the same words, has one cause. */
function causeOf({ outcome, finding, fix, volume }: CheckResult): string {
  const why = fix.length > 0 ? [volume, fix] : [finding?.message];
  return JSON.stringify([outcome, finding?.code, ...why]);
}

/** What is so for other words each time, as for each of many folders on one drive. */
function kindOf(check: CheckResult | undefined): string {
  return JSON.stringify([check?.outcome, check?.finding?.code]);
}

/** Causes of one kind; of very many the first, and how many more there are. */
function kindBlocks(causes: readonly (readonly CheckResult[])[], style: Style): string[] {
  const shown = causes.length <= CAUSES + 1 ? causes : causes.slice(0, CAUSES);
  const blocks = shown.map((group) => `${causeLines(group, style).join('\n')}\n`);
  const rest = causes.slice(shown.length).flat();
  const [first] = rest;
  if (first === undefined) return blocks;
  const names = listNames(
    rest.map(({ subject }) => subject),
    NAMED,
  );
  const more = `${formatCount(rest.length)} more with ${first.finding?.code ?? 'the same'}: ${names}.`;
  return [...blocks, `${wrap(more, style.width, `${signOf(first, style)} `, '  ').join('\n')}\n`];
}

/** The first of one cause, with the subjects of the others. */
function causeLines([first, ...others]: readonly CheckResult[], style: Style): string[] {
  if (first === undefined) return [];
  const names = listNames(
    others.map(({ subject }) => subject),
    NAMED,
  );
  const more = others.length === 0 ? [] : wrap(`The same for ${names}.`, style.width, '  ');
  return checkLines(first, more, style);
}

function checkLines(check: CheckResult, more: readonly string[], style: Style): string[] {
  const sign = signOf(check, style);
  const owner = check.sync ?? check.volume;
  const title = wrap(`${owner === undefined ? '' : `${owner}: `}${check.subject}`, style.width, `${sign} `, '  ');
  const narrow = { ...style, width: style.width - 2 };
  const told = check.finding === undefined ? [] : findingLines(check.finding, narrow, { excerpt: false });
  return [...title, ...told.map((line) => `  ${line}`), ...more, ...fixLines(check.fix, style)];
}

function signOf({ outcome }: CheckResult, style: Style): string {
  return outcome === 'failed' ? style.red('✗') : style.yellow('○');
}

function fixLines(fix: readonly string[][], style: Style): string[] {
  if (fix.length === 0) return [];
  return ['  To fix it:', ...fix.map((argv) => `    ${style.dim('$')} ${shellCommand(argv)}`)];
}

interface Counts {
  failed: number;
  absent: number;
  passed: number;
  strict: boolean;
}

function verdict({ failed, absent, passed, strict }: Counts, style: Style): string {
  const good = `${plural(passed, 'check')} passed`;
  const away =
    absent === 0
      ? ''
      : `, ${plural(absent, 'thing is', 'things are')} absent now${strict ? ', which --strict does not let pass' : ''}`;
  const text = failed === 0 ? `${good}${away}.` : `${formatCount(failed)} failed, ${good}${away}.`;
  const lines = wrap(text, style.width).map(failed === 0 && !(strict && absent > 0) ? style.green : style.red);
  return `${lines.join('\n')}\n`;
}

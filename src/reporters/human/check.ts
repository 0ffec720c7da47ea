import type { CheckDocument, CheckResult } from '../../planner/model/documents.ts';
import { findingLines, findingsText } from '../findings.ts';
import type { Style } from '../style.ts';
import { formatCount, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { wrap } from '../text/width.ts';

/** Each precondition that does not hold, with its code and the commands that fix it; the others only as a number. */
export function checkText(document: Pick<CheckDocument, 'checks' | 'findings'>, style: Style): string {
  const safe = sanitised(document);
  const failed = safe.checks.filter((check) => check.outcome === 'failed');
  const absent = safe.checks.filter((check) => check.outcome === 'absent');
  const passed = safe.checks.length - failed.length - absent.length;
  const blocks = [...failed, ...absent].map((check) => `${checkLines(check, style).join('\n')}\n`);
  return [...blocks, findingsText(safe.findings, style), verdict(failed.length, absent.length, passed, style)]
    .filter((part) => part !== '')
    .join('\n');
}

function checkLines(check: CheckResult, style: Style): string[] {
  const sign = check.outcome === 'failed' ? style.red('✗') : style.yellow('○');
  const owner = check.sync ?? check.volume;
  const title = wrap(`${owner === undefined ? '' : `${owner}: `}${check.subject}`, style.width, `${sign} `, '  ');
  const narrow = { ...style, width: style.width - 2 };
  const told = check.finding === undefined ? [] : findingLines(check.finding, narrow, { excerpt: false });
  return [...title, ...told.map((line) => `  ${line}`), ...fixLines(check.fix, style)];
}

function fixLines(fix: readonly string[][], style: Style): string[] {
  if (fix.length === 0) return [];
  return ['  To fix it:', ...fix.map((argv) => `    ${style.dim('$')} ${shellCommand(argv)}`)];
}

function verdict(failed: number, absent: number, passed: number, style: Style): string {
  const good = `${plural(passed, 'check')} passed`;
  const away = absent === 0 ? '' : `, ${plural(absent, 'thing is', 'things are')} absent now`;
  const text = failed === 0 ? `${good}${away}.` : `${formatCount(failed)} failed, ${good}${away}.`;
  const lines = wrap(text, style.width).map(failed === 0 ? style.green : style.red);
  return `${lines.join('\n')}\n`;
}

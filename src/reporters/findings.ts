import type { Finding, Severity } from '../planner/model/finding.ts';
import type { FindingCode } from '../planner/model/findings/index.ts';
import type { Style } from './style.ts';
import { blocksText } from './text/blocks.ts';
import { groupBy } from './text/group.ts';
import { formatCount, listNames, plural } from './text/numbers.ts';
import { sanitise, sanitised } from './text/sanitise.ts';
import { dropColumns, textWidth, truncate, wrap } from './text/width.ts';

export interface FindingOptions {
  /** Shows the line of the file with a caret. Off where the file is not the subject. */
  excerpt: boolean;
}

/**
 * Findings for a person, errors first, each with its place, its line and what to do, and at the end how many there are.
 *
 * @returns complete lines; empty when there are no findings
 */
export function findingsText(findings: readonly Finding[], style: Style): string {
  if (findings.length === 0) return '';
  const safe = sanitised(findings);
  const own = safe.filter(isOwnDecision).flatMap(({ message }) => wrap(message, style.width));
  const others = bySeverity(safe.filter((finding) => !isOwnDecision(finding)));
  const blocks = others.map((finding) => findingLines(finding, style, { excerpt: true }));
  const parts = [...(own.length === 0 ? [] : [own]), ...blocks, ...(others.length === 0 ? [] : [[countLine(others)]])];
  return blocksText(parts);
}

/** As `findingsText`, but of each kind only the first, and how many more there are. */
export function foldedFindingsText(findings: readonly Finding[], style: Style, all: boolean): string {
  if (all || findings.length === 0) return findingsText(findings, style);
  const kinds = [...groupBy(bySeverity(sanitised(findings)), ({ severity, code }) => `${severity} ${code}`).values()];
  const blocks = kinds.map((group) => foldedLines(group, style, true));
  return blocksText([...blocks, [countLine(findings)]]);
}

/** So many findings of one kind are told in full. */
const TOLD = 4;

/** Findings of one kind, sanitised: the first in full, of the others whose they are. */
export function foldedLines(group: readonly Finding[], style: Style, excerpt = false): string[] {
  const told = group.length <= TOLD + 1 ? group.length : TOLD;
  const lines = group.slice(0, told).flatMap((finding) => findingLines(finding, style, { excerpt }));
  const rest = group.slice(told);
  if (rest.length === 0) return lines;
  const subjects = listNames(
    rest.flatMap(({ sync, volume }) => sync ?? volume ?? []),
    NAMED,
  );
  const text = `and ${formatCount(rest.length)} more of this kind${subjects === '' ? '' : `: ${subjects}`}`;
  return [...lines, ...wrap(text, style.width, '  ')];
}

/** So many of the others are named. */
const NAMED = 12;

/** Whoever has just said no needs no label and no count. */
function isOwnDecision({ code }: Finding): boolean {
  return OWN.has(code);
}

const OWN: ReadonlySet<string> = new Set<FindingCode>(['not-confirmed', 'interrupted-at-question']);

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Errors, then warnings, then infos; within these the order stays. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** `2 errors, 1 warning`. */
function countLine(findings: readonly Finding[]): string {
  return SEVERITIES.map((severity) => [severity, findings.filter((each) => each.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => (severity === 'info' ? `${formatCount(count)} info` : plural(count, severity)))
    .join(', ');
}

/** One finding as lines without their ends. The finding has to be sanitised. */
export function findingLines(finding: Finding, style: Style, options: FindingOptions): string[] {
  const label = `${finding.severity}[${finding.code}]:`;
  const [first = '', ...more] = wrap(`${label} ${finding.message}`, style.width, '', '  ');
  const head = [first.replace(label, severityColour(finding.severity, style)(label)), ...more];
  return [...head, ...place(finding, style, options), ...help(finding, style)];
}

export function severityColour(severity: Severity, style: Style): (text: string) => string {
  if (severity === 'error') return (text) => style.bold(style.red(text));
  return severity === 'warning' ? (text) => style.bold(style.yellow(text)) : (text) => style.bold(style.blue(text));
}

function place({ location, excerpt }: Finding, style: Style, options: FindingOptions): string[] {
  if (location === undefined) return [];
  const where = `${location.file}:${location.line}:${location.column}`;
  if (!options.excerpt || excerpt === undefined) return [`  ${style.blue('-->')} ${where}`];
  const number = String(location.line);
  const gutter = ' '.repeat(number.length);
  const window = excerptWindow(excerpt, location.column, style.width - number.length - 4);
  const bar = style.blue('|');
  return [
    `${gutter} ${style.blue('-->')} ${where}`,
    `${gutter} ${bar}`,
    `${style.blue(number)} ${bar} ${window.line}`,
    `${gutter} ${bar} ${' '.repeat(window.offset)}${style.red('^'.repeat(window.length))}`,
  ];
}

function help({ help: text }: Finding, style: Style): string[] {
  if (text === undefined) return [];
  const [first = '', ...more] = wrap(text, style.width, '  = help: ', '          ');
  return [first.replace('= help:', style.cyan('= help:')), ...more];
}

/** What a caret marks as one piece: a quoted text, or a bare key or value. */
const TOKEN = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w.:+-]+)/;

/** The part of a line around a column, and where the caret goes under it, counted in columns of the terminal. */
function excerptWindow(
  excerpt: string,
  column: number,
  width: number,
): { line: string; offset: number; length: number } {
  const before = visible(excerpt.slice(0, column - 1));
  const after = visible(excerpt.slice(column - 1));
  const token = visible(TOKEN.exec(excerpt.slice(column - 1))?.[0] ?? '');
  const offset = textWidth(before);
  const length = Math.max(1, textWidth(token));
  if (textWidth(before + after) <= width) return { line: before + after, offset, length };
  const lead = offset + length < width ? before : `…${dropColumns(before, offset - Math.floor(width / 4))}`;
  const room = width - textWidth(lead);
  return { line: lead + truncate(after, room), offset: textWidth(lead), length: Math.min(length, room) };
}

/** A tab becomes two spaces, since where it would lead depends on the terminal. */
function visible(text: string): string {
  return sanitise(text.replaceAll('\t', '  '));
}

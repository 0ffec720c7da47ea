import { structuredPatch } from 'diff';
import type { AddDocument } from '../../planner/model/spec-documents.ts';
import type { Style } from '../style.ts';
import { sanitise } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { table } from '../text/table.ts';
import { textWidth } from '../text/width.ts';

/** So many lines that stay are shown before and after those that are new. */
const CONTEXT = 3;

/** What becomes of a spec, as a diff. */
export function specDiffText(path: string, before: string, after: string, style: Style): string {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: CONTEXT });
  const lines = hunks.flatMap(({ newStart, lines: changed }) => [
    style.bold(`${sanitise(path)}, from line ${newStart}:`),
    '',
    ...changed.filter((line) => !line.startsWith('\\')).map((line) => diffLine(line, style)),
    '',
  ]);
  return `${lines.join('\n')}\n`;
}

function diffLine(line: string, style: Style): string {
  const text = sanitise(line.trimEnd());
  if (line.startsWith('+')) return style.green(text);
  return line.startsWith('-') ? style.red(text) : text;
}

/** A command to type next, and what it does. */
export type NextStep = readonly [argv: readonly string[], what: string];

/** What the spec has now, and what to type next. */
export function addedText({ path, added }: AddDocument, next: readonly NextStep[], style: Style): string {
  const rows = next.map(([argv, what]) => [shellCommand(argv), what] as const);
  const beside = table(rows, { width: Infinity, indent: '  ' });
  const fits = beside.every((line) => textWidth(line) <= style.width);
  const lines = fits ? beside : rows.flatMap(([command, what]) => [`  ${command}`, `      ${what}`]);
  return `${style.green('✓')} ${sanitise(path)} has the ${added.kind} ${added.name}. What to type next:\n\n${lines.join('\n')}\n`;
}

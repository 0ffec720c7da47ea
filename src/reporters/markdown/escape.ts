import { sanitise } from '../text/sanitise.ts';

/**
 * A text from the world as Markdown that shows just this text: no emphasis, link, HTML or list can come of it (CommonMark,
 * "Backslash escapes": any ASCII punctuation can be escaped), and none of what GitHub and GitLab make of plain text either
 * (mentions, references to issues, addresses, GitLab's quick actions): an empty comment keeps those apart.
 */
export function prose(text: string): string {
  return sanitise(text)
    .replace(/[\\`*_[\]<>#!|~&$]|^[-+=]/g, '\\$&')
    .replace(/@|\\[#!~$&]|%|:(?=\/\/)|(?<!\w)www(?=\.)|^\//gi, (found) => `${found}<!-- -->`)
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A text from the world as a code span (CommonMark, "Code spans"), in which nothing has a meaning. */
export function code(text: string): string {
  const shown = sanitise(text).trim();
  if (shown === '') return '(empty)';
  const ticks = '`'.repeat(longestRun(shown) + 1);
  const room = /^`|`$/.test(shown) ? ' ' : '';
  return `${ticks}${room}${shown}${room}${ticks}`;
}

/** Backticks that are longer than any row of them in the lines, so that none can end the block ("Fenced code blocks"). */
export function fenceFor(lines: readonly string[]): string {
  return '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

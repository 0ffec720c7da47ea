import type { ListedEntry } from '../../planner/model/browsing.ts';
import type { Style } from '../style.ts';
import { formatBytes, plural } from '../text/numbers.ts';
import { sanitise } from '../text/sanitise.ts';
import { formatInstant } from '../text/time.ts';
import { padStart, truncate } from '../text/width.ts';
import { pathOf, type Browser } from './state.ts';

const KEYS = '↑↓ move  → open  ← back  space choose  Enter restore  q leave';
const PREVIEW_LINES = 5;
/** Head, keys, and what is around the preview. */
const AROUND = 5;

/** How many entries fit on a screen of so many lines. */
export function entriesShown(rows: number): number {
  return Math.max(3, rows - AROUND - PREVIEW_LINES);
}

/**
 * The screen: where one is, the entries around the cursor, what is under it, and what the keys do.
 *
 * @param preview the first lines of the file under the cursor; none of what is no text
 * @param rows of the terminal
 */
export function browserLines(
  copy: string,
  browser: Browser,
  preview: readonly string[],
  rows: number,
  style: Style,
): string[] {
  const { entries, at, folder, chosen } = browser;
  const shown = entriesShown(rows);
  const first = Math.max(0, Math.min(at - Math.floor(shown / 2), entries.length - shown));
  const cut = (text: string): string => truncate(sanitise(text), style.width - 1);
  const where = `${copy}${folder === '' ? '' : `, ${folder}`}: ${plural(entries.length, 'entry', 'entries')}`;
  const list = entries.slice(first, first + shown).map((entry, index) => {
    const text = cut(line(entry, browser, first + index === at));
    return first + index === at ? style.bold(text) : text;
  });
  const entry = entries[at];
  const seen = entry === undefined ? ['Nothing is in this folder.'] : [about(entry), ...preview];
  const count = chosen.length === 0 ? '' : `${plural(chosen.length, 'entry', 'entries')} chosen.  `;
  const below = seen.slice(0, 1 + PREVIEW_LINES).map((text) => style.dim(cut(`  ${text}`)));
  return [style.bold(cut(where)), ...list, '', ...below, cut(`${count}${KEYS}`)];
}

function line(entry: ListedEntry, browser: Browser, isHere: boolean): string {
  const slash = entry.type === 'directory' ? '/' : '';
  const mark = browser.chosen.includes(pathOf(browser, entry)) ? '*' : ' ';
  const size = padStart(entry.type === 'file' ? formatBytes(entry.size) : '', 9);
  return `${isHere ? '>' : ' '} ${mark} ${size}  ${entry.name}${slash}`;
}

function about({ mode, owner, time, target }: ListedEntry): string {
  const link = target === undefined ? '' : ` -> ${target}`;
  return `${formatInstant(time)}, mode ${mode}, owner ${owner}${link}`;
}

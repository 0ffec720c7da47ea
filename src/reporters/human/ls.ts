import type { ListDocument, ListedEntry } from '../../planner/model/browsing.ts';
import type { Style } from '../style.ts';
import { formatBytes, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { table } from '../text/table.ts';
import { formatInstant } from '../text/time.ts';
import { wrap } from '../text/width.ts';

/** The entries of a folder of a copy: size, time and name, with `long` modes and owners too. */
export function listText(document: ListDocument, style: Style, { long }: { long: boolean }): string {
  const { sync, snapshot, path, entries } = sanitised(document);
  const copy = `${style.bold(sync)}${snapshot === null ? '' : `@${snapshot}`}`;
  const head = `${copy}${path === '' ? '' : `, ${path}`}: ${plural(entries.length, 'entry', 'entries')}`;
  const right = long ? [0, 2] : [0];
  const rows = table(
    entries.map((entry) => row(entry, long)),
    { width: style.width, indent: '  ', right, names: true },
  );
  return `${[...wrap(head, style.width, '', '  '), ...rows].join('\n')}\n`;
}

function row({ name, type, size, mode, owner, time, target }: ListedEntry, long: boolean): string[] {
  const mark = type === 'directory' ? '/' : target === undefined ? '' : ` -> ${target}`;
  const bytes = type === 'file' ? formatBytes(size) : '';
  return [...(long ? [mode, owner] : []), bytes, formatInstant(time), `${name}${mark}`];
}

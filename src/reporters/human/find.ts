import type { FindDocument, FoundVersion } from '../../planner/model/browsing.ts';
import type { Style } from '../style.ts';
import { groupBy } from '../text/group.ts';
import { formatBytes, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { table } from '../text/table.ts';
import { formatInstant } from '../text/time.ts';
import { wrap } from '../text/width.ts';

/** Each path with its versions, the newest first, and where each is. Then how to have the first of them back. */
export function findText(document: FindDocument, style: Style): string {
  const { versions, searched, pattern } = sanitised(document);
  const where = plural(searched, 'copy', 'copies');
  const [first] = versions;
  // Why none is here is told by the findings.
  if (first === undefined && searched === 0) return 'No copy is here to look in.\n';
  if (first === undefined) {
    const more = /[*?[/]/.test(pattern)
      ? ''
      : ` Parts of names: ${shellCommand(['nbkp', 'find', '-i', `*${pattern}*`])}`;
    return `${wrap(`Nothing is named so in ${where}.${more}`, style.width, '').join('\n')}\n`;
  }
  const groups = [...groupBy(versions, ({ sync, path }) => `${sync}\0${path}`).values()];
  const blocks = groups.map((group) => block(group, style));
  const total = `${plural(versions.length, 'version')} of ${plural(groups.length, 'path')} in ${where}.`;
  const restore = shellCommand(['nbkp', 'restore', ...from(first), '--to', 'DIR']);
  return `${[...blocks.flat(), '', ...wrap(total, style.width, ''), 'To have the first back:', `  $ ${restore}`].join('\n')}\n`;
}

function block(versions: readonly FoundVersion[], style: Style): string[] {
  const [{ sync, path, type } = { sync: '', path: '', type: 'file' as const }] = versions;
  const rows = versions.map((version) => [
    version.type === 'file' ? formatBytes(version.size) : '',
    formatInstant(version.time),
    `${heldBy(version.snapshots)}${version.target === undefined ? '' : ` -> ${version.target}`}`,
  ]);
  const head = `${style.bold(sync)}  ${path}${type === 'directory' ? '/' : ''}`;
  return [head, ...table(rows, { width: style.width, indent: '  ', right: [0] })];
}

/** `@NAME`, and how many hold it besides: the first and the last are enough to choose by. */
function heldBy(snapshots: readonly string[]): string {
  const newest = snapshots.at(-1);
  if (newest === undefined) return 'in the copy';
  if (snapshots.length === 1) return `@${newest}`;
  return `@${newest} and ${snapshots.length - 1} before, from @${snapshots[0] ?? ''} on`;
}

function from({ sync, path, snapshots }: FoundVersion): string[] {
  const newest = snapshots.at(-1);
  return [newest === undefined ? sync : `${sync}@${newest}`, path];
}

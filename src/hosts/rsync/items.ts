import type { PreviewItem } from '../../planner/model/facts.ts';

/**
 * `--out-format='%i %l %n'`; codes are described in rsync(1), --itemize-changes. What is the same and only has to become another
 * name of a file has blanks in its code.
 */
const ITEM = /^(?<code>\*deleting {2}|[<>ch.][fdLDS][^ ]{9}|h[fLDS] {9}) (?<size>\d+) (?<path>.+)$/;

/** One line of an itemised dry run; null for anything else, and `./` for the directory itself. */
export function parseItem(line: string): PreviewItem | null {
  const { code, size, path } = ITEM.exec(line)?.groups ?? {};
  if (code === undefined || size === undefined || path === undefined) return null;
  if (code.startsWith('*')) return { change: 'delete', path, size: 0, code: code.trim() };
  const change = code.endsWith('+++++++++') ? 'create' : 'update';
  return { change, path, size: code[1] === 'f' ? Number(size) : 0, code };
}

const DATED =
  /^(?<before>.{11} \d+) (?<year>\d+)\/(?<month>\d\d)\/(?<day>\d\d)-(?<h>\d\d):(?<m>\d\d):(?<s>\d\d) (?<path>.+)$/;

/** The same of `%i %l %M %n`. Its time is that of the clock on rsync's wall; here seconds since 1970. */
export function parseDatedItem(line: string): (PreviewItem & { time: number }) | null {
  const found = DATED.exec(line)?.groups;
  if (found === undefined) return null;
  const { before = '', path = '' } = found;
  const item = parseItem(`${before} ${path}`);
  if (item === null) return null;
  const [year = 0, month = 0, ...rest] = [
    found['year'],
    found['month'],
    found['day'],
    found['h'],
    found['m'],
    found['s'],
  ].map(Number);
  return { ...item, time: new Date(year, month - 1, ...rest).getTime() / 1000 };
}

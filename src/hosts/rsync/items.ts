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

import type { CopiedFile } from '../../planner/model/verification.ts';

/** `@%C %l %M %n` of rsync's `--out-format`. What was not copied has no checksum, and what is no file neither. */
const COPIED =
  /^@(?<checksum>[0-9a-f]{8,64}) (?<size>\d+) (?<year>\d{4})\/(?<month>\d\d)\/(?<day>\d\d)-(?<h>\d\d):(?<m>\d\d):(?<s>\d\d) (?<path>.+)$/s;

/**
 * A line of rsync that tells of one file; null for any other.
 *
 * @param zone how to read its time, which is that of the clock on rsync's wall
 */
export function parseCopied(line: string, zone: 'local' | 'utc' = 'local'): CopiedFile | null {
  const found = line.startsWith('@') ? COPIED.exec(line)?.groups : undefined;
  if (found === undefined) return null;
  const { checksum = '', size, path = '' } = found;
  const [year = 0, month = 0, day = 0, h = 0, m = 0, s = 0] = ['year', 'month', 'day', 'h', 'm', 's'].map((part) =>
    Number(found[part]),
  );
  const time =
    zone === 'utc' ? Date.UTC(year, month - 1, day, h, m, s) : new Date(year, month - 1, day, h, m, s).getTime();
  return { path, size: Number(size), time: time / 1000, checksum };
}

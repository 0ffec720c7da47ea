import type { CopiedFile } from '../../planner/model/verification.ts';

/** `@%C %l %M %n` of rsync's `--out-format`. What was not copied has no checksum, and what is no file neither. */
const COPIED = /^@([0-9a-f]{8,64}) (\d+) (\d{4})\/(\d\d)\/(\d\d)-(\d\d):(\d\d):(\d\d) (.+)$/s;

/**
 * A line of rsync that tells of one file; null for any other.
 *
 * @param zone how to read its time, which is that of the clock on rsync's wall
 */
export function parseCopied(line: string, zone: 'local' | 'utc' = 'local'): CopiedFile | null {
  const found = line.startsWith('@') ? COPIED.exec(line) : null;
  if (found === null) return null;
  const [, checksum = '', size, year, month, day, h, m, s, path = ''] = found;
  const parts = [Number(year), Number(month) - 1, Number(day), Number(h), Number(m), Number(s)] as const;
  const time = zone === 'utc' ? Date.UTC(...parts) : new Date(...parts).getTime();
  return { path, size: Number(size), time: time / 1000, checksum };
}

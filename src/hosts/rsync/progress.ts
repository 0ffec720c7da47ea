import type { TransferProgress } from '../../planner/model/event.ts';

const STATE =
  /^ *(?<bytes>\d+) +(?<percent>\d+)% +(?<rate>[\d.]+)(?<unit>[kMG])B\/s +(?:(?<h>\d+):(?<m>\d\d):(?<s>\d\d)|\?\?:\?\?:\?\?)(?:  | \(xfr#(?<files>\d+), (?<list>ir|to)-chk=(?<toCheck>\d+)\/\d+\) *)$/;

/** rsync's units are powers of 1024 (progress.c). */
const UNITS = { k: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/**
 * Reads one state of `--info=progress2 --no-human-readable`. With `(xfr#…)` at its end the time is what has passed,
 * else what remains (progress.c, rprint_progress).
 *
 * @param files transferred according to the state before, for a state that does not say
 * @returns null for any other text
 */
export function parseProgress(state: string, files: number): TransferProgress | null {
  const found = STATE.exec(state)?.groups;
  if (found === undefined) return null;
  const percent = Number(found['percent']);
  const ended = found['files'] !== undefined;
  const complete = found['list'] === 'to';
  const time = found['h'] === undefined ? null : milliseconds(found['h'], found['m'], found['s']);
  return {
    bytes: Number(found['bytes']),
    percent,
    rate: Math.round(Number(found['rate']) * unit(found['unit'])),
    remainingMs: ended ? (complete ? remaining(time, percent) : null) : time,
    files: ended ? Number(found['files']) : files,
    toCheck: complete ? Number(found['toCheck']) : null,
  };
}

/**
 * How far a transfer is of what a dry run has counted. rsync's own percent is of all files, also of those that it need not
 * copy.
 *
 * @param counted bytes
 */
export function withTotal(progress: TransferProgress, counted: number): TransferProgress {
  const { bytes, rate } = progress;
  const total = Math.max(counted, bytes);
  if (total === 0) return progress;
  const remainingMs = rate === 0 ? null : Math.round(((total - bytes) / rate) * 1000);
  return { ...progress, total, percent: Math.floor((bytes / total) * 100), remainingMs };
}

function remaining(passed: number | null, percent: number): number | null {
  return passed === null || percent === 0 ? null : Math.round((passed * (100 - percent)) / percent);
}

function milliseconds(hours = '0', minutes = '0', seconds = '0'): number {
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

function unit(letter: string | undefined): number {
  return letter === 'G' || letter === 'M' ? UNITS[letter] : UNITS.k;
}

import { isTrouble } from '../human/outcomes.ts';
import type { Style } from '../style.ts';
import { formatBytes, formatCount } from '../text/numbers.ts';
import { formatDuration, wholeSeconds } from '../text/time.ts';
import { padEnd, textWidth, truncate, truncateMiddle } from '../text/width.ts';
import type { Lane, Lanes } from './lanes.ts';
import { changesText, holderText, progressText } from './phrases.ts';

/** So many of those that went well, and of those that did not, stay in sight. */
const SHOWN_FINE = 3;
const SHOWN_TROUBLE = 4;

/** So many rows are for what has ended, however much runs. */
const ROWS_FOR_ENDED = 2;

/** Milliseconds after which a bar shows how far it is. */
const BAR_MS = 10_000;

/** Columns of a bar. */
const SHORTEST_BAR = 8;
const LONGEST_BAR = 24;

/** The lanes for so many rows (at least one): what ended last, above all with trouble, then what runs. */
export function visibleLanes(lanes: Lanes, rows: number): Lane[] {
  const running = lanes.running;
  const isBad = ({ outcome }: Lane): boolean => outcome !== null && isTrouble(outcome);
  const trouble = lanes.finished.filter(isBad).slice(-SHOWN_TROUBLE);
  const fine = lanes.finished.filter((lane) => !isBad(lane)).slice(-SHOWN_FINE);
  const room = Math.max(rows - running.length, Math.min(ROWS_FOR_ENDED, rows - 1));
  const shown = new Set(room === 0 ? [] : [...fine, ...trouble].slice(-room));
  return [...lanes.finished.filter((lane) => shown.has(lane)), ...running.slice(0, rows - shown.size)];
}

/** Each lane as a row of at most `width` columns, without its sign, names and texts below one another. */
export function laneRows(lanes: readonly Lane[], style: Style, width: number, now: number): string[] {
  const longest = Math.max(...lanes.map(({ name }) => textWidth(name)));
  const nameWidth = Math.min(longest, Math.floor(width / 3));
  return lanes.map((lane) => {
    const name = padEnd(truncateMiddle(lane.name, nameWidth), nameWidth);
    const room = width - nameWidth - 2;
    const text = lane.outcome === null ? runningText(lane, now, room) : endedText(lane);
    return `${style.bold(name)}  ${truncate(text, room)}`;
  });
}

function runningText(lane: Lane, now: number, room: number): string {
  if (lane.waitingFor !== null) return holderText(lane.waitingFor);
  if (lane.current === null) return 'waiting for its turn';
  const { kind, summary } = lane.current;
  const what = kind === 'command' ? summary : kind;
  const { progress } = lane;
  if (progress !== null) {
    const isLong = lane.startedAt !== null && now - lane.startedAt >= BAR_MS;
    return isLong ? withBar(progress.percent, progressText(progress), room) : `${what} ${progressText(progress)}`;
  }
  return lane.startedAt === null ? what : `${what} (${formatDuration(wholeSeconds(now - lane.startedAt))})`;
}

function endedText({ outcome, reason, changes, startedAt, finishedAt }: Lane): string {
  const did = changesText(changes);
  const took = startedAt === null || finishedAt === null ? '' : ` in ${formatDuration(finishedAt - startedAt)}`;
  const why = reason === null ? '' : `: ${reason}`;
  return `${outcome ?? ''}${took}${did === '' ? '' : ` (${did})`}${why}`;
}

/** `[####------] 43 %, 1.2 GiB of 2.8 GiB, …`: what does not fit is left out at its end. */
function withBar(percent: number, text: string, room: number): string {
  const parts = text.split(', ');
  while (parts.length > 1 && textWidth(parts.join(', ')) + SHORTEST_BAR + 3 > room) parts.pop();
  const shown = parts.join(', ');
  const length = Math.min(LONGEST_BAR, room - textWidth(shown) - 3);
  if (length < SHORTEST_BAR) return shown;
  const full = Math.floor((Math.min(percent, 100) / 100) * length);
  return `[${'#'.repeat(full)}${'-'.repeat(length - full)}] ${shown}`;
}

/** `12 of 250 done, 1 not well, 2 running, 4 min 3 s`. */
export function countsRow(lanes: Lanes, width: number, now: number): string {
  const trouble = lanes.finished.filter(({ outcome }) => outcome !== null && isTrouble(outcome)).length;
  const fine = lanes.finished.length - trouble;
  const elapsed = lanes.startedAt === null ? 0 : now - lanes.startedAt;
  const bar = lanes.interrupted ? null : barOf(lanes, elapsed);
  const parts = [
    ...(lanes.interrupted ? ['ending gently, Ctrl-C again ends it at once'] : []),
    ...(trouble > 0 && bar !== null ? [`${formatCount(trouble)} in trouble`] : []),
    ...(bar === null ? soFar(lanes, elapsed) : bar.parts),
    `${formatCount(fine)} of ${formatCount(lanes.all.length)} done`,
    ...(trouble > 0 && bar === null ? [`${formatCount(trouble)} in trouble`] : []),
    `${formatCount(lanes.running.length)} under way`,
    formatDuration(wholeSeconds(elapsed)),
  ];
  return bar === null ? truncate(parts.join(', '), width) : withBar(bar.percent, parts.join(', '), width);
}

/** What is known where some of it was not counted. */
function soFar({ together, interrupted }: Lanes, elapsed: number): string[] {
  const { bytes, total } = together;
  if (interrupted || elapsed < BAR_MS || bytes === 0) return [];
  const of = total > bytes ? `${formatBytes(bytes)} of ${formatBytes(total)} or more` : `${formatBytes(bytes)} so far`;
  return [of, `${formatBytes(Math.round((bytes / elapsed) * 1000))}/s`];
}

/** How far all of it is, where that takes a while and is known. */
function barOf({ together }: Lanes, elapsed: number): { percent: number; parts: string[] } | null {
  const { bytes, total, all } = together;
  if (elapsed < BAR_MS || !all || total === 0) return null;
  const rate = (bytes / elapsed) * 1000;
  const left = rate === 0 ? [] : [`${formatDuration(wholeSeconds(((total - bytes) / rate) * 1000))} left`];
  return {
    percent: (bytes / total) * 100,
    parts: [`${formatBytes(bytes)} of ${formatBytes(total)}`, `${formatBytes(Math.round(rate))}/s`, ...left],
  };
}

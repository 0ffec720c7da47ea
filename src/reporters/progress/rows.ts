import { isTrouble } from '../human/outcomes.ts';
import type { Style } from '../style.ts';
import { formatCount } from '../text/numbers.ts';
import { formatDuration, wholeSeconds } from '../text/time.ts';
import { padEnd, textWidth, truncate, truncateMiddle } from '../text/width.ts';
import type { Lane, Lanes } from './lanes.ts';
import { changesText, holderText, progressText } from './phrases.ts';

/** So many of those that went well, and of those that did not, stay in sight. */
const SHOWN_FINE = 3;
const SHOWN_TROUBLE = 4;

/** So many rows are for what has ended, however much runs. */
const ROWS_FOR_ENDED = 2;

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
    const text = lane.outcome === null ? runningText(lane, now) : endedText(lane);
    return `${style.bold(name)}  ${truncate(text, width - nameWidth - 2)}`;
  });
}

function runningText(lane: Lane, now: number): string {
  if (lane.waitingFor !== null) return holderText(lane.waitingFor);
  if (lane.current === null) return 'waiting for its turn';
  const { kind, summary } = lane.current;
  const what = kind === 'command' ? summary : kind;
  const file = lane.file === null ? '' : `  ${lane.file}`;
  if (lane.progress !== null) return `${what} ${progressText(lane.progress)}${file}`;
  return lane.startedAt === null ? what : `${what} (${formatDuration(wholeSeconds(now - lane.startedAt))})`;
}

function endedText({ outcome, reason, changes, startedAt, finishedAt }: Lane): string {
  const did = changesText(changes);
  const took = startedAt === null || finishedAt === null ? '' : ` in ${formatDuration(finishedAt - startedAt)}`;
  const why = reason === null ? '' : `: ${reason}`;
  return `${outcome ?? ''}${took}${did === '' ? '' : ` (${did})`}${why}`;
}

/** `12 of 250 done, 1 not well, 2 running, 4 min 3 s`. */
export function countsRow(lanes: Lanes, width: number, now: number): string {
  const trouble = lanes.finished.filter(({ outcome }) => outcome !== null && isTrouble(outcome)).length;
  const fine = lanes.finished.length - trouble;
  const elapsed = lanes.startedAt === null ? 0 : now - lanes.startedAt;
  const parts = [
    ...(lanes.interrupted ? ['ending gently, Ctrl-C again ends it at once'] : []),
    `${formatCount(fine)} of ${formatCount(lanes.all.length)} done`,
    ...(trouble > 0 ? [`${formatCount(trouble)} in trouble`] : []),
    `${formatCount(lanes.running.length)} under way`,
    formatDuration(wholeSeconds(elapsed)),
  ];
  return truncate(parts.join(', '), width);
}

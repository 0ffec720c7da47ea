import type { Plan } from '../../planner/model/plan.ts';
import { outcomeMark } from '../human/outcomes.ts';
import type { Style } from '../style.ts';
import { sanitise, sanitised } from '../text/sanitise.ts';
import { Lanes } from './lanes.ts';
import { Region } from './region.ts';
import type { Progress, RunReporter } from './reporter.ts';
import { countsRow, laneRows, visibleLanes } from './rows.ts';

/** Ten pictures a second are enough for the eye, and one for each event would be too many for the machine. */
const FRAME_MS = 100;

const DEFAULT_ROWS = 24;
const DEFAULT_COLUMNS = 80;

const TURNING = {
  ascii: ['|', '/', '-', '\\'],
  unicode: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
};

/**
 * Live rows: what runs with its progress, what ended last, and counts. They are gone in the end, since a summary follows. Files
 * that are wanted stay above them.
 */
export function liveReporter(
  plan: Plan,
  stream: NodeJS.WriteStream,
  style: Style,
  progress: Progress = 'overall',
): RunReporter {
  const lanes = new Lanes(plan);
  const region = new Region(stream);
  const draw = (): void => region.draw(picture(lanes, { stream, style, progress }).map(style.shown));
  draw();
  const timer = setInterval(draw, FRAME_MS);
  return {
    event(event) {
      lanes.apply(sanitised(event));
    },
    counted(step, bytes) {
      lanes.counted(step, bytes);
    },
    file(sync, path) {
      if (progress !== 'overall') region.above(style.shown(`${sanitise(sync)}: ${sanitise(path)}`));
    },
    close() {
      clearInterval(timer);
      region.end();
      return Promise.resolve();
    },
  };
}

interface Canvas {
  stream: NodeJS.WriteStream;
  style: Style;
  progress: Progress;
}

function picture(lanes: Lanes, { stream, style, progress }: Canvas): string[] {
  const now = Date.now();
  const turning = TURNING[style.ascii ? 'ascii' : 'unicode'];
  const busy = style.cyan(turning[Math.floor(now / FRAME_MS) % turning.length] ?? '');
  const width = (stream.columns || DEFAULT_COLUMNS) - 3;
  const visible = progress === 'files' ? [] : visibleLanes(lanes, (stream.rows || DEFAULT_ROWS) - 3);
  const rows = laneRows(visible, style, width, now).map((row, index) => {
    const outcome = visible[index]?.outcome ?? null;
    return `${outcome === null ? busy : outcomeMark(outcome, style)} ${row}`;
  });
  return [...rows, `${busy} ${countsRow(lanes, width, now)}`];
}

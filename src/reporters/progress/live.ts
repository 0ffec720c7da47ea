import type * as listr2Types from 'listr2';
import type { DefaultRenderer, ListrDefaultRendererOptions, ListrDefaultRendererTask, ListrTask } from 'listr2';
import type { Plan } from '../../planner/model/plan.ts';
import { outcomeMark } from '../human/outcomes.ts';
import type { Style } from '../style.ts';
import { sanitise, sanitised } from '../text/sanitise.ts';
import { Lanes, type Lane } from './lanes.ts';
import type { Progress, RunReporter } from './reporter.ts';
import { countsRow, laneRows, visibleLanes } from './rows.ts';

type Listr2 = typeof listr2Types;

/** Ten pictures a second are enough for the eye, and one for each event would be too many for the machine. */
const FRAME_MS = 100;

/** The row below the lanes. No lane can have this name. */
const COUNTS = ' ';

const DEFAULT_ROWS = 24;
const DEFAULT_COLUMNS = 80;

interface Canvas {
  stream: NodeJS.WriteStream;
  lanes: Lanes;
  style: Style;
}

/**
 * Live rows, drawn by listr2: what runs with its progress, what ended last, and counts. They are gone in the end,
 * since a summary follows. listr2 draws and does nothing else: our scheduler runs the steps and hears the signals.
 */
export async function liveReporter(
  plan: Plan,
  stream: NodeJS.WriteStream,
  style: Style,
  progress: Progress = 'overall',
): Promise<RunReporter> {
  const listr2 = await import('listr2');
  const canvas = { stream, lanes: new Lanes(plan), style };
  const ends = new Map<string, () => void>();
  const list = new listr2.Listr(tasksOf(canvas.lanes, ends), {
    concurrent: true,
    exitOnError: false,
    // It would end the process with 127 at the first Ctrl-C, in the middle of a transfer.
    registerSignalListeners: false,
    renderer: windowedRenderer(listr2, canvas),
    rendererOptions: optionsOf(listr2, canvas),
  });
  const drawn = list.run();
  return {
    event(event) {
      canvas.lanes.apply(sanitised(event));
      const ended = canvas.lanes.finished.at(-1);
      if (ended !== undefined) ends.get(ended.name)?.();
    },
    file(sync, path) {
      if (progress === 'full') canvas.lanes.copied(sync, sanitise(path));
    },
    async close() {
      for (const end of ends.values()) end();
      await drawn;
    },
  };
}

/**
 * A task of listr2 does nothing but wait until its lane has ended. What it waits for is there before listr2 starts it,
 * which is later than the first events.
 */
function tasksOf(lanes: Lanes, ends: Map<string, () => void>): ListrTask[] {
  return [...lanes.all.map(({ name }) => name), COUNTS].map((title) => {
    const ended = new Promise<void>((resolve) => ends.set(title, resolve));
    return { title, task: () => ended };
  });
}

/** listr2's renderer, but for a part of the tasks, at most so many times a second, and as wide as the stream is now. */
function windowedRenderer(listr2: Listr2, { stream, lanes, style }: Canvas): typeof DefaultRenderer {
  return class extends listr2.DefaultRenderer {
    /** listr2 can draw on whatever the stream is; that it is a terminal was found out before. */
    static override nonTTY = true;
    readonly #window: ListrDefaultRendererTask[];
    readonly #tasks: ReadonlyMap<string | undefined, ListrDefaultRendererTask>;
    readonly #lanes = new Map<ListrDefaultRendererTask, Lane>();
    #drawnAt = -Infinity;

    constructor(...[tasks, options, events]: ConstructorParameters<typeof DefaultRenderer>) {
      const window: ListrDefaultRendererTask[] = [];
      super(window, options, events);
      this.#window = window;
      this.#tasks = new Map(tasks.map((task) => [task.initialTitle, task]));
    }

    override update(): void {
      const now = Date.now();
      if (now - this.#drawnAt < FRAME_MS) return;
      this.#drawnAt = now;
      this.#choose(now);
      super.update();
    }

    #choose(now: number): void {
      const width = (stream.columns || DEFAULT_COLUMNS) - 3;
      const visible = visibleLanes(lanes, (stream.rows || DEFAULT_ROWS) - 3);
      const rows = laneRows(visible, style, width, now);
      this.#window.length = 0;
      visible.forEach((lane, index) => this.#show(lane.name, rows[index] ?? '', lane));
      this.#show(COUNTS, countsRow(lanes, width, now), null);
    }

    #show(name: string, title: string, lane: Lane | null): void {
      const task = this.#tasks.get(name);
      if (task === undefined) return;
      task.title = title;
      if (lane !== null) this.#lanes.set(task, lane);
      this.#window.push(task);
    }

    protected override style(task: ListrDefaultRendererTask): string {
      const outcome = this.#lanes.get(task)?.outcome ?? null;
      return outcome === null ? super.style(task) : outcomeMark(outcome, style);
    }

    /** The rows fit already; listr2 would wrap them to the width of standard output, whatever it draws on. */
    protected override format(message: string, icon: string): string[] {
      return [`${icon} ${message}`];
    }
  };
}

function optionsOf(listr2: Listr2, { stream, style }: Canvas): ListrDefaultRendererOptions {
  /** listr2 would hold back what others write, and remember how wide the terminal was at the beginning. */
  class DirectOutput extends listr2.ProcessOutput {
    override get stdout(): NodeJS.WriteStream {
      return stream;
    }
    override hijack(): void {
      stream.write(listr2.ANSI_ESCAPE_CODES.CURSOR_HIDE);
    }
    override release(): void {
      stream.write(listr2.ANSI_ESCAPE_CODES.CURSOR_SHOW);
    }
  }
  return {
    clearOutput: true,
    logger: new listr2.ListrLogger({ processOutput: new DirectOutput(stream, stream) }),
    color: { [listr2.ListrDefaultRendererLogLevels.PENDING]: (text) => style.cyan(String(text)) },
  };
}

import { emitKeypressEvents } from 'node:readline';
import { beginningOf, entriesIn, type HostFolder } from '../../api/browse.ts';
import { confirmationImpossible, notConfirmed } from '../../planner/model/findings/questions.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { browserLines, entriesShown } from '../../reporters/browser/screen.ts';
import { browserAt, pathOf, press, type Browser, type Key } from '../../reporters/browser/state.ts';
import type { Output } from '../output.ts';
import { canAsk, givenUp } from './confirm.ts';

/** Of a terminal that does not say how many lines it has. */
const ROWS = 24;

/**
 * Lets a person go through a copy with the arrow keys and choose what is to be restored.
 *
 * @param copy what a person calls it: `SYNC@SNAPSHOT`
 * @returns paths in the copy, as they are shown
 * @throws Interrupted for Ctrl-C
 */
export async function pickPaths(output: Output, place: HostFolder, copy: string): Promise<Result<string[]>> {
  if (!canAsk()) return failure(confirmationImpossible('Name the paths: nbkp restore SYNC PATH… --to DIR.'));
  const top = await open(place, copy, '', [], null);
  if (!top.ok) return top;
  let browser = top.value;
  const screen = new Screen(output, copy);
  try {
    for (;;) {
      screen.draw(browser, []);
      if (!screen.isPressed) screen.draw(browser, await previewOf(place, browser));
      const key = await screen.key();
      if (key === null) return failure(notConfirmed('Nothing was done.'));
      if (key.ctrl === true && key.name === 'c') throw givenUp();
      const turn = press(browser, key, screen.page);
      if (turn.then === 'leave') return failure(notConfirmed('Nothing was done.'));
      if (turn.then === 'restore') return success([...turn.paths]);
      if (turn.then === 'stay') browser = turn.browser;
      else {
        const opened = await open(place, copy, turn.folder, turn.chosen, turn.from);
        if (!opened.ok) return opened;
        browser = opened.value;
      }
    }
  } finally {
    screen.end();
  }
}

async function open(
  place: HostFolder,
  copy: string,
  folder: string,
  chosen: readonly string[],
  from: string | null,
): Promise<Result<Browser>> {
  const listed = await entriesIn(place, copy, folder);
  return listed.ok ? success(browserAt(folder, listed.value, chosen, from)) : listed;
}

async function previewOf(place: HostFolder, browser: Browser): Promise<string[]> {
  const entry = browser.entries[browser.at];
  return entry?.type === 'file' ? beginningOf(place, pathOf(browser, entry)) : [];
}

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const SIGNALS = ['SIGTERM', 'SIGHUP'] as const;

/** A screen of its own over what the terminal shows, which comes back however it ends. */
class Screen {
  readonly #pressed: (Key | null)[] = [];
  #wake: (() => void) | null = null;
  #redraw: () => void = () => undefined;

  constructor(
    private readonly output: Output,
    private readonly copy: string,
  ) {
    const { stdin, stderr } = process;
    emitKeypressEvents(stdin);
    stdin.on('keypress', this.#onKey).on('end', this.#onEnd).setRawMode(true).resume();
    stderr.on('resize', this.#onResize);
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
    this.output.aside(ENTER);
  }

  end(): void {
    const { stdin, stderr } = process;
    stdin.off('keypress', this.#onKey).off('end', this.#onEnd).setRawMode(false).pause();
    stderr.off('resize', this.#onResize);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
    this.output.aside(LEAVE);
  }

  /** A key has been pressed that is not answered yet. */
  get isPressed(): boolean {
    return this.#pressed.length > 0;
  }

  /** So many entries as are seen at once. */
  get page(): number {
    return entriesShown(rows());
  }

  draw(browser: Browser, preview: readonly string[]): void {
    this.#redraw = () => {
      const lines = browserLines(this.copy, browser, preview, rows(), this.output.asideStyle());
      this.output.aside(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`);
    };
    this.#redraw();
  }

  /** The next key; null when nothing can come any more. */
  async key(): Promise<Key | null> {
    while (this.#pressed.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#pressed.shift() ?? null;
  }

  readonly #onKey = (_text: string | undefined, key: Key): void => this.#add(key);
  readonly #onEnd = (): void => this.#add(null);
  readonly #onResize = (): void => this.#redraw();

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.end();
    process.kill(process.pid, signal);
  };

  #add(key: Key | null): void {
    this.#pressed.push(key);
    this.#wake?.();
  }
}

function rows(): number {
  return process.stderr.rows || ROWS;
}

import { whenKilled } from '../hosts/transport/when-killed.ts';
import { canRedraw, styleFor } from './terminal.ts';

/** Milliseconds after which somebody wonders. */
const PATIENCE_MS = 300;

const ERASE = '\r\x1b[2K';

/** One line on a terminal that says what takes a while, and is gone when it is over. Where no terminal is, it says nothing. */
export class SignOfLife {
  readonly #stream: NodeJS.WriteStream;
  #text = '';
  #timer: NodeJS.Timeout | null = null;
  #isShown = false;
  #unlisten: (() => void) | null = null;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Shows what is being done as soon as `end` has not been called for 300 ms. */
  show(text: string): void {
    if (!canRedraw(this.#stream, process.env)) return;
    this.#text = text;
    if (this.#isShown) this.#draw();
    else this.#timer ??= setTimeout(() => this.#draw(), PATIENCE_MS).unref();
  }

  /** Takes the line away, if there is one. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#unlisten?.();
    if (this.#isShown) this.#stream.write(ERASE);
    this.#isShown = false;
  }

  #draw(): void {
    // The prompt comes back on an empty line.
    if (!this.#isShown) this.#unlisten = whenKilled(() => this.end());
    this.#isShown = true;
    const { shown } = styleFor(this.#stream, process.env);
    this.#stream.write(`${ERASE}${shown(`${this.#text} …`)}`);
  }
}

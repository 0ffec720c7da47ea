/**
 * Erases all from the row of the cursor on. Not by one `ED` at the first column of the screen: there, tmux takes what is erased
 * for something to scroll back to.
 */
const START = '\r\u001b[2K \u001b[J\r';

/** DEC: long rows are cut off, or go on in the next one; the cursor. */
const CUT = '\u001b[?7l';
const BREAK = '\u001b[?7h';
const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';

/**
 * The last rows of a terminal, drawn anew again and again. The cursor stays where they begin: a terminal that breaks its rows
 * anew when it gets narrower takes the cursor along, so that all of them are erased there, and nothing above them where a
 * terminal does not.
 */
export class Region {
  readonly #stream: NodeJS.WriteStream;
  #above = '';
  readonly #show = (): void => {
    this.#stream.write(SHOW);
  };

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    // However the process ends, whoever types the next command sees where.
    process.once('exit', this.#show);
    stream.write(HIDE);
  }

  /** A line that stays, above the rows. It is written with the next picture. */
  above(line: string): void {
    this.#above += `${line}\n`;
  }

  /** Draws at least one row in place of those that are there. */
  draw(rows: readonly string[]): void {
    const back = rows.length > 1 ? `\u001b[${rows.length - 1}A` : '';
    this.#stream.write(`${START}${this.#taken()}${CUT}${rows.join('\n')}${BREAK}\r${back}`);
  }

  /** Leaves only what stays. */
  end(): void {
    process.off('exit', this.#show);
    this.#stream.write(`${START}${this.#taken()}${SHOW}`);
  }

  #taken(): string {
    const above = this.#above;
    this.#above = '';
    return above;
  }
}

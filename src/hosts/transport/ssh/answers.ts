/** Bytes that a server may write in all but the answers to single commands. Who writes more does not do what was asked. */
const LONGEST = 64 * 1024 * 1024;
/** Bytes of an answer about a lock, the text of its holder included. */
const LONGEST_WORDS = 64 * 1024;

/** An answer to a line that the keeper was given. */
export interface KeeperAnswer {
  id: number;
  state: string;
  text: string;
}

export interface Listener {
  onFirst: (answer: Buffer) => void;
  onAnswer: (answer: KeeperAnswer) => void;
  /** It writes more than any answer is long. It is not read any further. */
  onTooLong: () => void;
}

/**
 * Reads what the keeper of a connection writes: the first answer between two tokens, then words that end with NUL. Each
 * byte is looked at once, however many there are.
 */
export class Answers {
  #phase: 'before' | 'first' | 'after' | 'over' = 'before';
  #bytes = 0;
  #until: Until;
  #words: Buffer = Buffer.alloc(0);
  readonly #token: Buffer;
  readonly #listener: Listener;

  constructor(token: string, listener: Listener) {
    this.#token = Buffer.from(`\0${token}\0`);
    this.#until = new Until(this.#token);
    this.#listener = listener;
  }

  write(chunk: Buffer): void {
    if (this.#phase === 'over') return;
    this.#bytes += chunk.length;
    if (this.#bytes > LONGEST) return this.#giveUp();
    if (this.#phase === 'after') return this.#read(chunk);
    const found = this.#until.write(chunk);
    if (found === null) return;
    if (this.#phase === 'before') {
      // A login shell may have greeted.
      this.#phase = 'first';
      this.#until = new Until(this.#token);
      this.#bytes -= found.rest.length;
      return this.write(found.rest);
    }
    this.#phase = 'after';
    this.#listener.onFirst(found.before);
    this.#read(found.rest);
  }

  #read(chunk: Buffer): void {
    this.#words = Buffer.concat([this.#words, chunk]);
    let from = 0;
    for (;;) {
      // A sign of life.
      while (this.#words[from] === 0) from += 1;
      const found = threeWords(this.#words, from);
      if (found === null) break;
      from = found.end;
      this.#listener.onAnswer(found.answer);
    }
    this.#words = this.#words.subarray(from);
    if (this.#words.length > LONGEST_WORDS) this.#giveUp();
  }

  #giveUp(): void {
    this.#phase = 'over';
    this.#listener.onTooLong();
  }
}

/** Collects bytes until a token comes, which may be in several pieces. */
class Until {
  readonly #token: Buffer;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  /** The last bytes, in which the token may have begun. */
  #tail: Buffer = Buffer.alloc(0);

  constructor(token: Buffer) {
    this.#token = token;
  }

  /** @returns what came before the token and what after it; null when it has not come yet */
  write(chunk: Buffer): { before: Buffer; rest: Buffer } | null {
    const window = Buffer.concat([this.#tail, chunk]);
    const at = window.indexOf(this.#token);
    const begin = this.#length - this.#tail.length;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    this.#tail = window.subarray(Math.max(0, window.length - this.#token.length + 1));
    if (at === -1) return null;
    const rest = window.subarray(at + this.#token.length);
    return { before: Buffer.concat(this.#chunks, this.#length).subarray(0, begin + at), rest };
  }
}

/** The next three words, once they are all there. */
function threeWords(received: Buffer, start: number): { answer: KeeperAnswer; end: number } | null {
  const words: string[] = [];
  let from = start;
  while (words.length < 3) {
    const to = received.indexOf(0, from);
    if (to === -1) return null;
    words.push(received.toString('utf8', from, to));
    from = to + 1;
  }
  const [id = '', state = '', text = ''] = words;
  return { answer: { id: Number(id), state, text }, end: from };
}

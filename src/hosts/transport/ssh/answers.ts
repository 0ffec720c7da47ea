/** Bytes that nobody asked for and that are not an answer: a login shell that greets. */
const GREETING_LIMIT = 1024 * 1024;

/** An answer to a line that the keeper was given. */
export interface KeeperAnswer {
  id: number;
  state: string;
  text: string;
}

/** Reads what the keeper of a connection writes: the first answer between two tokens, then words that end with NUL. */
export class Answers {
  #received: Buffer = Buffer.alloc(0);
  #phase: 'before' | 'first' | 'after' = 'before';
  readonly #token: Buffer;
  readonly #onFirst: (answer: Buffer) => void;
  readonly #onAnswer: (answer: KeeperAnswer) => void;

  constructor(token: string, onFirst: (answer: Buffer) => void, onAnswer: (answer: KeeperAnswer) => void) {
    this.#token = Buffer.from(`\0${token}\0`);
    this.#onFirst = onFirst;
    this.#onAnswer = onAnswer;
  }

  write(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    if (this.#phase === 'before') this.#begin();
    if (this.#phase === 'first') this.#end();
    if (this.#phase === 'after') this.#read();
  }

  #begin(): void {
    const at = this.#received.indexOf(this.#token);
    if (at === -1) {
      this.#received = this.#received.subarray(-GREETING_LIMIT);
      return;
    }
    this.#received = this.#received.subarray(at + this.#token.length);
    this.#phase = 'first';
  }

  #end(): void {
    const at = this.#received.indexOf(this.#token);
    if (at === -1) return;
    const first = this.#received.subarray(0, at);
    this.#received = this.#received.subarray(at + this.#token.length);
    this.#phase = 'after';
    this.#onFirst(first);
  }

  #read(): void {
    for (;;) {
      // A sign of life.
      while (this.#received[0] === 0) this.#received = this.#received.subarray(1);
      const [id, state, text, rest] = cut(this.#received);
      if (rest === undefined) return;
      this.#received = rest;
      this.#onAnswer({ id: Number(id), state, text });
    }
  }
}

/** The first three words and what follows them, once they are all there. */
function cut(received: Buffer): [id: string, state: string, text: string, rest?: Buffer] {
  const words: string[] = [];
  let from = 0;
  while (words.length < 3) {
    const to = received.indexOf(0, from);
    if (to === -1) return ['', '', ''];
    words.push(received.toString('utf8', from, to));
    from = to + 1;
  }
  const [id = '', state = '', text = ''] = words;
  return [id, state, text, received.subarray(from)];
}

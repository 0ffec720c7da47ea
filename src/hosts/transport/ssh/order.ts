import { tracing } from '../trace.ts';
import type { InOrder, OrderResult, ProcessResult } from '../transport.ts';

interface Begun {
  argv: readonly string[];
  at: string;
  /** Of its start, in milliseconds. */
  since: number;
  stderr: string[];
  /** Bytes of that. */
  bytes: number;
}

/** Tells the processes of one session from each other, by the line that comes before what each of them says. */
export class Order {
  readonly #commands: readonly (readonly string[])[];
  readonly #mark: string;
  readonly #onLine: InOrder['onStderrLine'];
  readonly #begun: Begun[] = [];

  /** @param mark the line; nothing else can end with it */
  constructor(commands: readonly (readonly string[])[], mark: string, onLine: InOrder['onStderrLine']) {
    this.#commands = commands;
    this.#mark = mark;
    this.#onLine = onLine;
  }

  /** Takes a line of standard error. A process need not end its last one. */
  readonly read = (line: string): void => {
    const isMark = line.endsWith(this.#mark);
    const said = isMark ? line.slice(0, -this.#mark.length) : line;
    if (!isMark || said !== '') this.#say(said);
    if (isMark) this.#begin();
  };

  /** @param result of the session */
  end(result: ProcessResult, host: string): OrderResult {
    if (this.#begun.length === 0) this.#begin();
    const now = performance.now();
    this.#begun.forEach(({ argv, at, since, bytes }, index) => {
      const next = this.#begun[index + 1];
      const last = result.error ?? result.code ?? result.signal ?? 'abandoned';
      tracing()?.({
        ...{ at, host, argv, end: next === undefined ? last : 0 },
        milliseconds: Math.round((next?.since ?? now) - since),
        bytes: { out: next === undefined ? result.stdout.length : 0, err: bytes },
      });
    });
    return { result: { ...result, stderr: this.#begun.at(-1)?.stderr ?? [] }, index: this.#begun.length - 1 };
  }

  #begin(): void {
    const argv = this.#commands[this.#begun.length] ?? [];
    this.#begun.push({ argv, at: new Date().toISOString(), since: performance.now(), stderr: [], bytes: 0 });
  }

  /** What comes before all of them the shell says. */
  #say(line: string): void {
    const begun = this.#begun.at(-1);
    begun?.stderr.push(line);
    if (begun !== undefined) begun.bytes += Buffer.byteLength(line) + 1;
    this.#onLine?.(line);
  }
}

/** Hands on what comes before a mark, piece by piece as it comes, but for what the mark may have begun with. */
export class UpToMark {
  readonly #mark: Buffer;
  readonly #onBytes: (bytes: Buffer) => unknown;
  #held: Buffer = Buffer.alloc(0);

  constructor(mark: Buffer, onBytes: (bytes: Buffer) => unknown) {
    this.#mark = mark;
    this.#onBytes = onBytes;
  }

  /** @returns what came after the mark; null when it has not come yet */
  write(chunk: Buffer): Buffer | null {
    const bytes = Buffer.concat([this.#held, chunk]);
    const at = bytes.indexOf(this.#mark);
    const end = at === -1 ? this.#possibleBegin(bytes) : at;
    if (end > 0) this.#onBytes(bytes.subarray(0, end));
    this.#held = at === -1 ? bytes.subarray(end) : Buffer.alloc(0);
    return at === -1 ? null : bytes.subarray(at + this.#mark.length);
  }

  /** It will not come any more. */
  end(): void {
    if (this.#held.length > 0) this.#onBytes(this.#held);
    this.#held = Buffer.alloc(0);
  }

  #possibleBegin(bytes: Buffer): number {
    const at = bytes.indexOf(this.#mark.subarray(0, 1), Math.max(0, bytes.length - this.#mark.length + 1));
    return at === -1 ? bytes.length : at;
  }
}

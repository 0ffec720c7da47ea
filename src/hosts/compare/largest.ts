/** The largest of many things, in bounded memory; of equal ones the first that came. */
export class Largest<T> {
  #items: T[] = [];
  #dropped = false;

  constructor(
    readonly limit: number,
    readonly sizeOf: (item: T) => number,
  ) {}

  add(item: T): void {
    this.#items.push(item);
    if (this.#items.length >= 2 * this.limit + 1000) this.#cut();
  }

  /** The largest first. */
  end(): { items: T[]; truncated: boolean } {
    this.#cut();
    return { items: this.#items, truncated: this.#dropped };
  }

  #cut(): void {
    this.#items.sort((one, other) => this.sizeOf(other) - this.sizeOf(one));
    this.#dropped ||= this.#items.length > this.limit;
    this.#items.length = Math.min(this.#items.length, this.limit);
  }
}

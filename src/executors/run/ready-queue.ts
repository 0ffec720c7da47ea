import { MinHeap } from '../../planner/model/graph.ts';

/**
 * Steps that may run, by index, handed out in the order of the plan as far as their devices are free. A step whose
 * device is taken is parked there, and only the first of those is looked at again when it is given back: with
 * thousands of steps waiting for one drive, each is moved a few times, not once for every step that ends.
 */
export class ReadyQueue {
  readonly #candidates = new MinHeap();
  readonly #taken = new Set<string>();
  readonly #parked = new Map<string, MinHeap>();
  readonly #devicesOf: (index: number) => readonly string[];

  constructor(devicesOf: (index: number) => readonly string[]) {
    this.#devicesOf = devicesOf;
  }

  add(index: number): void {
    this.#candidates.push(index);
  }

  /** The first step whose devices are all free. They are taken until `giveBack`. */
  take(): number | undefined {
    for (let index = this.#candidates.pop(); index !== undefined; index = this.#candidates.pop()) {
      const devices = this.#devicesOf(index);
      const busy = devices.find((device) => this.#taken.has(device));
      if (busy === undefined) {
        for (const device of devices) this.#taken.add(device);
        return index;
      }
      this.#park(busy, index);
      // It may have been woken for another device, which the next one in line can use then.
      for (const device of devices) if (!this.#taken.has(device)) this.#wake(device);
    }
    return undefined;
  }

  giveBack(index: number): void {
    for (const device of this.#devicesOf(index)) {
      this.#taken.delete(device);
      this.#wake(device);
    }
  }

  #park(device: string, index: number): void {
    const parked = this.#parked.get(device) ?? new MinHeap();
    parked.push(index);
    this.#parked.set(device, parked);
  }

  #wake(device: string): void {
    const first = this.#parked.get(device)?.pop();
    if (first !== undefined) this.#candidates.push(first);
  }
}

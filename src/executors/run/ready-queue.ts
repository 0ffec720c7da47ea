import { MinHeap } from '../../planner/model/graph.ts';
import type { Step } from '../../planner/model/step.ts';

type Driven = Pick<Step, 'devices' | 'devicesFor'>;

/**
 * Steps that may run, by index, handed out in the order of the plan as far as their devices are free. A step whose
 * device is taken is parked there, and only the first of those is looked at again when it is given back: with
 * thousands of steps waiting for one drive, each is moved a few times, not once for every step that ends.
 *
 * A step whose devices are for writing is handed out without them, and claims them all at once. Whoever waits for a drive has none,
 * and so no two wait for each other.
 */
export class ReadyQueue {
  readonly #candidates = new MinHeap();
  readonly #taken = new Set<string>();
  readonly #parked = new Map<string, MinHeap>();
  /** Steps that are handed out and wait for what they claim. */
  readonly #claiming = new Set<number>();
  /** Those that have it. */
  readonly #claimed = new Set<number>();
  /** A device was given back since those that wait were looked at. */
  #isFreed = false;
  readonly #stepAt: (index: number) => Driven;

  constructor(stepAt: (index: number) => Driven) {
    this.#stepAt = stepAt;
  }

  add(index: number): void {
    this.#candidates.push(index);
  }

  /** The first step whose devices are all free. They are taken until `giveBack`. */
  take(): number | undefined {
    for (let index = this.#candidates.pop(); index !== undefined; index = this.#candidates.pop()) {
      const devices = this.#devicesToBegin(index);
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

  /** Takes the devices that a step needs to write, until `giveBack`. False where it has to wait for `takeClaimed`. */
  claim(index: number): boolean {
    if (this.#hasAll(index)) return true;
    const isFree = this.#stepAt(index).devices.every((device) => !this.#taken.has(device));
    if (isFree) this.#takeFor(index);
    else this.#claiming.add(index);
    return isFree;
  }

  /** The one that waits longest of those whose devices are all free by now. They are taken for it. */
  takeClaimed(): number | undefined {
    if (!this.#isFreed) return undefined;
    for (const index of this.#claiming) {
      if (this.#stepAt(index).devices.some((device) => this.#taken.has(device))) continue;
      this.#takeFor(index);
      return index;
    }
    this.#isFreed = false;
    return undefined;
  }

  giveBack(index: number): void {
    this.#claiming.delete(index);
    if (!this.#hasAll(index)) return;
    this.#claimed.delete(index);
    this.#isFreed = true;
    for (const device of this.#stepAt(index).devices) {
      this.#taken.delete(device);
      this.#wake(device);
    }
  }

  #hasAll(index: number): boolean {
    return this.#stepAt(index).devicesFor === undefined || this.#claimed.has(index);
  }

  #devicesToBegin(index: number): readonly string[] {
    const { devices, devicesFor } = this.#stepAt(index);
    return devicesFor === undefined ? devices : [];
  }

  #takeFor(index: number): void {
    for (const device of this.#stepAt(index).devices) this.#taken.add(device);
    this.#claiming.delete(index);
    this.#claimed.add(index);
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReadyQueue } from '../../../../src/executors/run/ready-queue.ts';

/** As the queue, but obviously right: looks at every waiting step each time. */
class PlainQueue {
  readonly waiting = new Set<number>();
  readonly taken = new Set<string>();

  constructor(readonly devices: readonly string[][]) {}

  take(): number | undefined {
    const free = (index: number): boolean => (this.devices[index] ?? []).every((device) => !this.taken.has(device));
    const first = [...this.waiting].sort((a, b) => a - b).find(free);
    if (first === undefined) return undefined;
    this.waiting.delete(first);
    this.devices[first]?.forEach((device) => this.taken.add(device));
    return first;
  }

  giveBack(index: number): void {
    this.devices[index]?.forEach((device) => this.taken.delete(device));
  }
}

describe('the queue of steps that may run', () => {
  it('always hands out the first step in the order of the plan whose devices are free', () => {
    const devices = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }), {
      minLength: 4,
      maxLength: 12,
    });
    const moves = fc.array(fc.record({ move: fc.constantFrom('add', 'take', 'back'), which: fc.nat() }), {
      minLength: 30,
      maxLength: 60,
    });
    fc.assert(
      fc.property(devices, moves, (all, steps) => {
        const plain = new PlainQueue(all);
        const queue = new ReadyQueue((index) => ({ devices: all[index] ?? [] }));
        const unseen = all.map((_, index) => index);
        const running: number[] = [];
        for (const { move, which } of steps) {
          if (move === 'add' && unseen.length > 0) {
            const [index = 0] = unseen.splice(which % unseen.length, 1);
            queue.add(index);
            plain.waiting.add(index);
          } else if (move === 'back' && running.length > 0) {
            const [index = 0] = running.splice(which % running.length, 1);
            queue.giveBack(index);
            plain.giveBack(index);
          } else if (move === 'take') {
            const index = queue.take();
            expect(index).toBe(plain.take());
            if (index !== undefined) running.push(index);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

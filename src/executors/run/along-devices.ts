import type { Step } from '../../planner/model/step.ts';
import { ReadyQueue } from './ready-queue.ts';

/**
 * Does something for each step, in the order of the steps, as a run would do the steps: several at once, but no two that
 * need the same device.
 *
 * @param atOnce how many at most
 * @returns what came of each, in the order of the steps
 */
export function alongDevices<T>(
  steps: readonly Pick<Step, 'devices'>[],
  atOnce: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  const queue = new ReadyQueue((index) => steps[index] ?? { devices: [] });
  steps.forEach((_, index) => queue.add(index));
  const busy = new Set<number>();
  return new Promise((resolve, reject) => {
    const fill = (): void => {
      while (busy.size < atOnce) {
        const index = queue.take();
        if (index === undefined) break;
        busy.add(index);
        work(index).then((result) => {
          results[index] = result;
          busy.delete(index);
          queue.giveBack(index);
          fill();
        }, reject);
      }
      if (busy.size === 0) resolve(results);
    };
    fill();
  });
}

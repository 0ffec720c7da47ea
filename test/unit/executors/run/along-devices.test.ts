import { describe, expect, it } from 'vitest';
import { alongDevices } from '../../../../src/executors/run/along-devices.ts';

/** Work that ends when it is told to. */
function rig(devices: string[][], atOnce: number) {
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const all = alongDevices(
    devices.map((names) => ({ devices: names })),
    atOnce,
    (index) => {
      started.push(index);
      return new Promise<string>((resolve) => (ends[index] = () => resolve(`answer ${index}`)));
    },
  );
  const end = async (index: number): Promise<void> => {
    ends[index]?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { all, started, end };
}

describe('work along devices', () => {
  it('goes on at once where no device is shared, and one after the other on one device', async () => {
    const { all, started, end } = rig([['a'], ['a', 'b'], ['b'], ['c'], []], 9);
    expect(started).toEqual([0, 2, 3, 4]);
    await end(0);
    expect(started).toHaveLength(4);
    await end(2);
    expect(started.at(-1)).toBe(1);
    for (const index of [1, 3, 4]) await end(index);
    expect(await all).toEqual([0, 1, 2, 3, 4].map((index) => `answer ${index}`));
  });

  it('goes on so many times at once as it is told to', async () => {
    const { all, started, end } = rig([[], [], []], 2);
    expect(started).toEqual([0, 1]);
    for (const index of [0, 1, 2]) await end(index);
    expect(started).toEqual([0, 1, 2]);
    await all;
  });

  it('is over at once where there is none, and fails with what fails', async () => {
    expect(await alongDevices([], 1, () => Promise.reject(new Error('never')))).toEqual([]);
    await expect(alongDevices([{ devices: [] }], 1, () => Promise.reject(new Error('why')))).rejects.toThrow('why');
  });
});

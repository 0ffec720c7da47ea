import { afterAll, describe, expect, it } from 'vitest';
import { CountAhead } from '../../src/executors/run/count-ahead.ts';
import type { RunEvent } from '../../src/planner/model/event.ts';
import type { Step } from '../../src/planner/model/step.ts';
import { until } from '../support/running.ts';
import { makeTempDir } from '../support/tempdir.ts';
import { TransferWorld, type Mode } from '../support/transfer.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

const begins = (step: string): RunEvent => ({ at: '', run: '', type: 'step-started', step });

function counting(world: TransferWorld, steps: readonly Step[]) {
  const told: [string, number][] = [];
  const ahead = new CountAhead(
    { steps },
    {
      spec: world.spec(),
      world: { run: (_host, argv, options) => world.transport.run(argv, options) },
      counted: (step, bytes) => told.push([step, bytes]),
    },
  );
  return { ahead, told };
}

describe('beside a run', () => {
  it.each<[Mode, number]>([
    ['none', 1500],
    ['hard-link', 1500],
  ])('is counted what waits, but not what has begun (mode %s)', async (mode, first) => {
    const world = await TransferWorld.make(`${dir.path}/${mode}`, mode, {
      filters: [{ kind: 'exclude', pattern: '*.tmp' }],
    });
    await world.files({ a: 'a'.repeat(1000), 'b/c': 'c'.repeat(500), 'd.tmp': 'd'.repeat(300) });
    const { step } = await world.plan();
    const { ahead, told } = counting(world, [{ ...step, id: 'begun' }, step]);
    ahead.event(begins('begun'));
    await until(() => told.length > 0);
    await ahead.end();
    expect(told).toEqual([[step.id, first]]);

    await world.run();
    await world.files({ e: 'e'.repeat(70) });
    const next = await world.plan();
    const again = counting(world, [next.step]);
    await until(() => again.told.length > 0);
    await again.ahead.end();
    expect(again.told).toEqual([[step.id, 70]]);
  });
});

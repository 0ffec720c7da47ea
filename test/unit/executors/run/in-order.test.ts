import { expect, it } from 'vitest';
import type { StepContext } from '../../../../src/executors/contract.ts';
import { runPlan } from '../../../../src/executors/run/run-plan.ts';
import { localTransport } from '../../../../src/hosts/transport/local.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { done, plan, runInput, step, worldOn } from './rig.ts';

it('an executor cannot run in one go with others what the plan does not show', async () => {
  const ran: string[][] = [];
  // Stands in for a server, which runs several commands in one session.
  const server = {
    ...localTransport(),
    runInOrder: (commands: readonly (readonly string[])[]) => {
      ran.push(...commands.map((argv) => [...argv]));
      return Promise.resolve({ failed: null, last: null } as never);
    },
  };
  const world = { ...worldOn(), transport: () => server };
  const ended = async (...commands: string[][]) => {
    const apply = async (_: Step, context: StepContext) => {
      await context.runInOrder?.(commands);
      return done;
    };
    const shown = step('a', {
      commands: [
        ['mkdir', 'a'],
        ['ln', 'a', 'b'],
      ],
    });
    const record = await runPlan(runInput(plan([shown]), apply, { world }));
    return record.steps[0]?.outcome;
  };
  expect(await ended(['mkdir', 'a'], ['touch', 'hidden'])).toBe('failed');
  expect(ran).toEqual([]);
  expect(await ended(['mkdir', 'a'], ['ln', 'a', 'b'])).toBe('done');
  expect(ran).toEqual([
    ['mkdir', 'a'],
    ['ln', 'a', 'b'],
  ]);
});

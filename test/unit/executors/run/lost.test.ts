import { expect, it } from 'vitest';
import { runPlan } from '../../../../src/executors/run/run-plan.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { done, facts, plan, replans, runInput, step } from './rig.ts';

const precondition = { fact: '/machine/user', check: 'equals', value: 'ada', description: 'the user' } as const;

it('a connection that is gone is why it fails, whatever else is not as it was', async () => {
  const route = { endpoint: null, passedOver: [], excluded: [] };
  const hosts = {
    ...facts.hosts,
    'pi.lan': { reachable: false as const, reason: 'pi-wan: the connection broke', route },
  };
  const now = { ...facts, machine: { hostname: 'laptop', user: 'eve' }, hosts };
  const replanning = replans({ observeStep: () => Promise.resolve(now) });
  const ended = async (own: Partial<Step>) => {
    const record = await runPlan(runInput(plan([step('a', own)]), () => Promise.resolve(done), { replanning }));
    return record.steps[0];
  };
  const lost = { outcome: 'failed', findings: [{ code: 'connection-lost' }] };
  expect(await ended({ preconditions: [precondition] })).toMatchObject(lost);
  expect(await ended({ preconditions: [{ ...precondition, value: 'eve' }] })).toMatchObject({ outcome: 'done' });
});

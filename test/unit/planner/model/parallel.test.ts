import { expect, it } from 'vitest';
import { defaultParallel } from '../../../../src/planner/model/parallel.ts';

it('more steps run at once on this machine alone than where a server takes part, reached or not', () => {
  const off = { reachable: false, reason: 'off' } as const;
  expect(defaultParallel({ hosts: {} })).toBe(8);
  expect(defaultParallel({ hosts: { local: off } })).toBe(8);
  expect(defaultParallel({ hosts: { local: off, 'ssh:nas': off } })).toBe(4);
});

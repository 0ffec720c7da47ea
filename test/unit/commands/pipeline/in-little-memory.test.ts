import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { inLittleMemory } from '../../../../src/commands/pipeline/in-little-memory.ts';

function roomForNew(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? NaN;
}

/** What survives a collection of garbage is what makes V8 take more room. */
function work(): void {
  const kept: string[] = [];
  for (let count = 0; count < 300_000; count++) {
    kept.push(`${count} of many`);
    if (kept.length > 20_000) kept.splice(0, 10_000);
  }
}

it('has V8 take no more room for what is new, and tells what the work did', async () => {
  const before = roomForNew();
  const answer = await inLittleMemory(() => {
    work();
    return Promise.resolve('done');
  });
  expect([answer, roomForNew() <= before]).toEqual(['done', true]);
  await expect(inLittleMemory(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

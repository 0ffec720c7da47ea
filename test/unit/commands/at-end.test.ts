import { expect, it } from 'vitest';
import { atEnd, closeAll } from '../../../src/commands/at-end.ts';

it('closes all that was opened, whatever goes wrong with one, and tells each failure', async () => {
  const closed: string[] = [];
  atEnd(() => Promise.reject(new Error('one')));
  atEnd(() => {
    throw new Error('two');
  });
  atEnd(async () => {
    await new Promise(setImmediate);
    closed.push('three');
  });
  expect(await closeAll()).toEqual([new Error('one'), new Error('two')]);
  expect(closed).toEqual(['three']);
  expect(await closeAll()).toEqual([]);
});

import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAWS } from '../../src/testkit/laws/index.ts';
import { LawBroken } from '../../src/testkit/failure.ts';
import { openShared, Rehearsal, type Shared } from '../../src/testkit/rehearsal.ts';
import { desk } from './desk.ts';
import { LIARS, type Liar } from './liars.ts';

/** The executors are broken on purpose: what is tested here is the kit. */
describe('the kit catches an executor that', () => {
  let shared: Shared;
  beforeAll(() => {
    shared = openShared();
  });
  afterAll(() => rmSync(shared.folder, { recursive: true }));

  async function failureOf({ law: name, executor, world = desk }: Liar): Promise<unknown> {
    const law = LAWS.find((each) => each.name === name);
    if (law === undefined) throw new Error(`there is no law ${name}`);
    const { folder, scenes } = shared;
    const own: Shared = { folder, scenes };
    try {
      await law.hold(new Rehearsal({ executor, world }, law, own));
      return undefined;
    } catch (error) {
      return error;
    } finally {
      shared.scenes = own.scenes;
    }
  }

  for (const liar of LIARS) {
    it(`${liar.does}: it breaks "${liar.law}"`, async () => {
      const failure = await failureOf(liar);
      expect(failure).toBeInstanceOf(LawBroken);
      const { message } = failure as LawBroken;
      expect(message).toContain(`the executor shelf breaks the law "${liar.law}": `);
      expect(message).toMatch(liar.says);
    });
  }

  it('breaks any of the laws: each has its liar', () => {
    expect([...new Set(LIARS.map(({ law }) => law))].sort()).toEqual(LAWS.map(({ name }) => name).sort());
  });
});

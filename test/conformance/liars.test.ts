import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAWS } from '../../src/testkit/laws/index.ts';
import { LawBroken, WorldUnfit } from '../../src/testkit/failure.ts';
import type { World } from '../../src/testkit/index.ts';
import { openShared, Rehearsal, type Shared } from '../../src/testkit/rehearsal.ts';
import { desk } from './desk.ts';
import { LIARS } from './liars.ts';
import type { Liar } from './lying.ts';
import { shelf } from './shelf.ts';

const UNFIT: [string, World, RegExp][] = [
  [
    'has a spec that is not valid',
    { ...desk, spec: (root) => desk.spec(root).replace('transfer =', 'tranfser =') },
    /spec of the world is not valid\.\nline 8: .*tranfser[^]*volumes\.laptop\.path = /,
  ],
  [
    'does not name the executor',
    { ...desk, spec: (root) => desk.spec(root).replace('transfer = "shelf"', '') },
    /no step of the executor shelf[^]*docs is planned\.\n {2}Steps: transfer:docs by rsync/,
  ],
  [
    'was not made',
    { ...desk, make: () => ({ sound: () => undefined, finished: () => undefined }) },
    /no step of the executor shelf[^]*docs is skipped\.[^]*laptop/,
  ],
];

/** The executors are broken on purpose: what is tested here is the kit. */
describe('the kit catches an executor that', () => {
  let shared: Shared;
  beforeAll(() => {
    shared = openShared();
  });
  afterAll(() => rmSync(shared.folder, { recursive: true }));

  async function failureOf({ law: name, executor, world = desk }: Pick<Liar, 'law' | 'executor' | 'world'>) {
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
      expect(message).toContain(`the executor ${liar.executor.planning.name} breaks the law "${liar.law}": `);
      expect(message).toMatch(liar.says);
    });
  }

  for (const [does, world, says] of UNFIT) {
    it(`stands in a world that ${does}, which is no broken law`, async () => {
      const failure = await failureOf({ law: 'described', executor: shelf, world });
      expect(failure).toBeInstanceOf(WorldUnfit);
      expect((failure as WorldUnfit).message).toMatch(says);
    });
  }

  it('breaks any of the laws: each has its liar', () => {
    expect([...new Set(LIARS.map(({ law }) => law))].sort()).toEqual(LAWS.map(({ name }) => name).sort());
  });
});

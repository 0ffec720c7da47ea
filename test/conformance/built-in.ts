import { afterAll, beforeAll, describe, it } from 'vitest';
import { BUILT_IN } from '../../src/executors/registry.ts';
import { describeExecutor, type World } from '../../src/testkit/index.ts';

/** An executor that comes with nbkp, tested by the kit that is published. @param name of what is tested */
export function describeBuiltIn(executor: string, world: World, name = executor): void {
  const found = BUILT_IN.find(({ planning }) => planning.name === executor);
  if (found === undefined) throw new Error(`there is no executor ${executor}`);
  describeExecutor({ name, executor: found, world }, { describe, it, beforeAll, afterAll });
}

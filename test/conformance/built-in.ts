import type { Executor } from '../../src/executors/contract.ts';
import { BUILT_IN } from '../../src/executors/registry.ts';

export function builtIn(name: string): Executor {
  const executor = BUILT_IN.find(({ planning }) => planning.name === name);
  if (executor === undefined) throw new Error(`there is no executor ${name}`);
  return executor;
}

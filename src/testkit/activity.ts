import { AsyncLocalStorage } from 'node:async_hooks';
import type { StepContext } from '../executors/contract.ts';

/** Who is at work: the executor itself, nbkp for it, or one of its commands. */
export interface Activity {
  step: string;
  /** It is the executor that is tested. */
  own: boolean;
  doing: 'executor' | 'nbkp' | 'command';
}

const storage = new AsyncLocalStorage<Activity>();

/** What is going on where this is called, also behind an `await`; undefined outside of a step. */
export function activity(): Activity | undefined {
  return storage.getStore();
}

export function during<T>(what: Activity, action: () => T): T {
  return storage.run(what, action);
}

/**
 * The context of a step, where all that nbkp does for the executor is told apart from what the executor does itself.
 *
 * @param onRun gets each argv that the executor wants to run, before anything else looks at it
 */
export function watchedContext(
  context: StepContext,
  executor: Activity,
  onRun: (argv: readonly string[]) => void,
): StepContext {
  const nbkp: Activity = { ...executor, doing: 'nbkp' };
  const command: Activity = { ...executor, doing: 'command' };
  return new Proxy(context, {
    get(target, key, receiver) {
      if (key === 'run') {
        return (...words: Parameters<StepContext['run']>) => {
          onRun(words[0]);
          return during(command, () => target.run(...words));
        };
      }
      const value: unknown = Reflect.get(target, key, receiver);
      if (key === 'query' || key === 'drives') return entered(value as object, nbkp);
      return typeof value === 'function' ? entering(value as Callable, target, nbkp) : value;
    },
  });
}

type Callable = (...words: unknown[]) => unknown;

function entered(object: object, what: Activity): object {
  return new Proxy(object, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? entering(value as Callable, target, what) : value;
    },
  });
}

function entering(call: Callable, self: object, what: Activity): Callable {
  return (...words) => during(what, (): unknown => Reflect.apply(call, self, words));
}

import type { Executor } from '../../src/executors/contract.ts';
import { localTransport } from '../../src/executors/transport/local.ts';
import type { ProcessResult, RunOptions, Transport } from '../../src/executors/transport/transport.ts';

/** When nbkp dies: before it starts a command, while the command runs (which dies too), or right after its end. */
export type Moment = 'before' | 'during' | 'after';

/** Counts the commands of one executor, whatever else is run on the same transport. */
export class Watch {
  /** Each with the step that it was run for. */
  readonly ran: { step: string; argv: string[] }[] = [];
  #step: string | null = null;

  /** The executor, with its steps announced. */
  on(executor: Executor): Executor {
    return {
      ...executor,
      apply: async (step, context) => {
        this.#step = step.id;
        try {
          return await executor.apply(step, context);
        } finally {
          this.#step = null;
        }
      },
    };
  }

  /**
   * Notes a command; its number, or null when it is not one of the executor's. Questions change nothing and do not
   * count, nor does what is not started any more because the run was cancelled.
   */
  note(argv: readonly string[], options: RunOptions | undefined): number | null {
    if (this.#step === null || argv.at(-1) === '-print0' || options?.signal?.aborted === true) return null;
    return this.ran.push({ step: this.#step, argv: [...argv] }) - 1;
  }
}

/** The real transport, seen by a watch. `onCommand` is called when the process has been started. */
export function watched(
  watch: Watch,
  onCommand: (number: number, argv: readonly string[]) => void = () => undefined,
): Transport & { killAll(): void } {
  const real = localTransport();
  return {
    ...real,
    run: (argv, options) => {
      const number = watch.note(argv, options);
      const running = real.run(argv, options);
      if (number !== null) onCommand(number, argv);
      return running;
    },
  };
}

/**
 * The real transport until the executor's command of this number. From then on nothing more can be run, as after a kill
 * of nbkp: no other way to bring a death about at exactly this moment works for any executor.
 */
export function dying(watch: Watch, at: number, moment: Moment): Transport & { killAll(): void } {
  const real = localTransport();
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Error('killed by the test');
  };
  return {
    ...real,
    run: async (argv, options) => {
      if (dead) return die();
      const number = watch.note(argv, options);
      if (number !== at) return real.run(argv, options);
      if (moment === 'before') return die();
      await (moment === 'during' ? cutShort(real, argv, options) : real.run(argv, options));
      return die();
    },
  };
}

/** SIGKILL as soon as the process runs; rsync first begins to work. */
function cutShort(
  real: Transport & { killAll(): void },
  argv: readonly string[],
  options: RunOptions | undefined,
): Promise<ProcessResult> {
  const running = real.run(argv, { ...options, onStdout: () => real.killAll() });
  if (argv[0] !== 'rsync') real.killAll();
  return running;
}

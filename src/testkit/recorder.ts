import type { Executor, StepResult } from '../executors/contract.ts';
import { localTransport } from '../hosts/transport/local.ts';
import type { ProcessResult, RunOptions, Transport } from '../hosts/transport/transport.ts';
import { PLACEHOLDER, type Step } from '../planner/model/step.ts';
import { activity, during, watchedContext, type Activity } from './activity.ts';
import { spyOnDeeds } from './spy.ts';

/** A command that was started. */
export interface Started {
  step: string;
  argv: readonly string[];
  /** Of the executor that is tested. */
  own: boolean;
  /** Milliseconds; null while it runs. */
  tookMs: number | null;
}

/** What a run did. */
export class Recorder {
  /** All commands of steps in their order; questions, which change nothing, are none. */
  readonly started: Started[] = [];
  /** What the tested executor wanted to run although its step does not show it. */
  readonly unshown: { step: string; argv: readonly string[] }[] = [];
  /** What the tested executor did without its transport. */
  readonly deeds: { step: string; deed: string }[] = [];
  readonly results: { step: string; result: StepResult }[] = [];
  /** The tested executor's name. */
  readonly #tested: string;

  constructor(tested: string) {
    this.#tested = tested;
  }

  /** Commands of the tested executor. */
  get own(): Started[] {
    return this.started.filter(({ own }) => own);
  }

  /** The executor, watched. */
  on(executor: Executor): Executor {
    const own = executor.planning.name === this.#tested;
    return {
      ...executor,
      apply: async (step, context) => {
        const doing: Activity = { step: step.id, own, doing: 'executor' };
        const told = watchedContext(context, doing, (argv) => {
          if (own && !step.commands.some((command) => couldBe(command, argv)))
            this.unshown.push({ step: step.id, argv });
        });
        const result = await during(doing, () => executor.apply(step, told));
        if (own) this.results.push({ step: step.id, result });
        return result;
      },
    };
  }

  /** Until the function that it returns is called. */
  watchDeeds(): () => void {
    return spyOnDeeds((name, subject) => {
      const who = activity();
      if (who?.own !== true || who.doing !== 'executor') return;
      this.deeds.push({ step: who.step, deed: `${name}(${subject === '' ? '' : JSON.stringify(subject)})` });
    });
  }

  /** Notes a command; null for what is none, and for what is not started any more because the run was cancelled. */
  note(argv: readonly string[], options: RunOptions | undefined): Started | null {
    const who = activity();
    if (who?.doing !== 'command' || options?.signal?.aborted === true) return null;
    const started: Started = { step: who.step, argv: [...argv], own: who.own, tookMs: null };
    this.started.push(started);
    return started;
  }
}

/** A transport that can end all that it runs at once. */
export type StageTransport = Transport & { killAll(): void };

/** A command at the moment before it is started. */
export interface Starting {
  started: Started;
  /** Among the tested executor's commands, from 0; -1 for another's. */
  number: number;
  /** Starts it. */
  run: () => Promise<ProcessResult>;
  killAll: () => void;
}

/**
 * The real transport of this machine, which records the commands of steps.
 *
 * @param fault what happens in place of a command
 */
export function recording(
  recorder: Recorder,
  fault: (starting: Starting) => Promise<ProcessResult> = ({ run }) => run(),
): StageTransport {
  const real = localTransport();
  return {
    ...real,
    run: (argv, options) => {
      const started = recorder.note(argv, options);
      if (started === null) return real.run(argv, options);
      const number = started.own ? recorder.own.length - 1 : -1;
      const run = async (): Promise<ProcessResult> => {
        const since = performance.now();
        const result = await real.run(argv, options);
        started.tookMs = performance.now() - since;
        return result;
      };
      return fault({ started, number, run, killAll: () => real.killAll() });
    },
  };
}

/** When nbkp dies: before it starts a command, while the command runs (which dies too), or right after its end. */
export type Moment = 'before' | 'during' | 'after';

/**
 * The real transport until the tested executor's command of this number. From then on nothing more can be run, as after
 * a `kill -9` of nbkp: no other way to bring a death about at exactly this moment works for any executor.
 *
 * @param halfMs after how many milliseconds "during" is
 */
export function dying(recorder: Recorder, at: number, moment: Moment, halfMs: number): StageTransport {
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Error('nbkp was killed by the test kit');
  };
  const transport = recording(recorder, async ({ number, run, killAll }) => {
    if (number !== at) return run();
    if (moment === 'before') return die();
    const timer = moment === 'during' ? setTimeout(killAll, halfMs) : undefined;
    await run();
    clearTimeout(timer);
    return die();
  });
  return { ...transport, run: async (argv, options) => (dead ? die() : transport.run(argv, options)) };
}

/** Some commands are not run and end with exit code 1. */
export function failing(recorder: Recorder, which: (starting: Starting) => boolean): StageTransport {
  return recording(recorder, (starting) => {
    if (!which(starting)) return starting.run();
    const stderr = ['the test kit lets this command fail'];
    return Promise.resolve({ code: 1, signal: null, error: null, timedOut: false, stdout: Buffer.alloc(0), stderr });
  });
}

/** Whether an argv is this command with something in the place of each placeholder. */
function couldBe(command: readonly string[], argv: readonly string[]): boolean {
  if (command.length !== argv.length) return false;
  return command.every((word, index) => {
    const literal = word.split(PLACEHOLDER).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    return new RegExp(`^${literal.join('.*')}$`, 's').test(argv[index] ?? '');
  });
}

/** For people: where a command is in its step. */
export function placeOf(step: Step | undefined, { argv }: Pick<Started, 'argv'>): string {
  const all = step?.commands ?? [];
  const at = all.findIndex((command) => couldBe(command, argv));
  return at === -1 ? '' : ` (command ${at + 1} of ${all.length} of ${step?.id ?? ''})`;
}

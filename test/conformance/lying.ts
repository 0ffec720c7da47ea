import type { Executor, StepContext, StepResult, SyncPlanning } from '../../src/executors/contract.ts';
import type { ExecutorQuestion, PlannedSteps } from '../../src/planner/model/executor.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { Step } from '../../src/planner/model/step.ts';
import type { World } from '../../src/testkit/index.ts';
import { shelf } from './shelf.ts';

/** An executor that breaks a law on purpose. Nothing else is wrong with it. */
export interface Liar {
  law: string;
  does: string;
  executor: Executor;
  world?: World;
  /** What its failure has to tell. */
  says: RegExp;
}

type Replan = (steps: Step[], input: SyncPlanning) => Step[];

/** `shelf`, planning otherwise. */
export function planning(replan: Replan): Executor {
  const planTransfer = (input: SyncPlanning, target: never): PlannedSteps => ({
    steps: replan(shelf.planning.planTransfer?.(input, target).steps ?? [], input),
    findings: [],
  });
  return { ...shelf, planning: { ...shelf.planning, planTransfer } };
}

/** `shelf`, with another transfer; TO and FROM are the letters. */
export function transferring(commands: string[][], more: Partial<Step> = {}): Executor {
  return planning((steps, { destination, sourcePath }) => {
    const filled = commands.map((argv) =>
      argv.map((word) => word.replace('TO', `${destination.path}/letter`).replace('FROM', `${sourcePath}/letter`)),
    );
    return steps.map((step) =>
      step.kind === 'transfer' ? { ...step, ...more, commands: filled, params: { commands: filled } } : step,
    );
  });
}

/** `shelf`, which wants to know something. */
export function asking(argv: (input: { facts: Facts }) => string[]): Executor {
  const questions = (input: { facts: Facts }): ExecutorQuestion[] => [{ id: 'it', host: 'local', argv: argv(input) }];
  return { ...shelf, planning: { ...shelf.planning, questions } };
}

type Apply = (step: Step, context: StepContext) => Promise<StepResult>;

/** `shelf`, whose transfer does something else. */
export function applying(apply: Apply): Executor {
  return {
    ...shelf,
    apply: (step, context) => (step.kind === 'transfer' ? apply(step, context) : shelf.apply(step, context)),
  };
}

export const DONE: StepResult = { outcome: 'done', findings: [] };

/** Runs all commands, whatever becomes of them. */
export async function runAll(step: Step, context: StepContext): Promise<StepResult> {
  for (const argv of step.commands) await context.run(argv);
  return DONE;
}

/** What `cat` says of the passphrase that it gets. */
async function overheard(context: StepContext, argv: readonly string[]): Promise<string> {
  const { stdout } = await context.run(argv, { stdin: [{ secret: 'shelf' }] });
  return stdout.toString();
}

/** `shelf`, which asks for a passphrase and hears it. */
export function hearing(use: (heard: string, context: StepContext, step: Step) => Promise<StepResult>): Executor {
  const asking = transferring([['cat'], ['cp', '-a', 'FROM', 'TO'], ['ls', '{mount:usb}']], { secrets: ['shelf'] });
  return {
    ...asking,
    apply: async (step, context) => {
      if (step.kind !== 'transfer') return shelf.apply(step, context);
      const heard = await overheard(context, step.commands[0] ?? []);
      await context.run(step.commands[1] ?? []);
      return use(heard, context, step);
    },
  };
}

import { createInterface } from 'node:readline/promises';
import type { Finding } from '../../planner/model/finding.ts';
import type { Plan } from '../../planner/model/plan.ts';
import { confirmationText } from '../../reporters/human/confirmation.ts';
import type { Output } from '../output.ts';

/**
 * Asks whether a plan that was just shown shall run.
 *
 * @returns null for yes, else why not
 */
export async function askToRun(output: Output, plan: Plan): Promise<Finding | null> {
  if (!canAsk()) return IMPOSSIBLE;
  output.aside(`\n${confirmationText(plan, output.asideStyle())}`);
  const destructive = plan.steps.some((step) => step.destructive);
  const answer = (await ask(destructive ? 'Type yes to run it: ' : 'Run it? [y/N] ')) ?? '';
  const agreed = destructive ? answer === 'yes' : /^y(es)?$/i.test(answer);
  return agreed ? null : REFUSED;
}

/** Asks a question whose answer is yes or no. Null for yes, else why not. */
export async function confirm(question: string): Promise<Finding | null> {
  if (!canAsk()) return IMPOSSIBLE;
  return /^y(es)?$/i.test((await ask(question)) ?? '') ? null : REFUSED;
}

const IMPOSSIBLE: Finding = {
  severity: 'error',
  code: 'confirmation-impossible',
  message: 'Nobody can be asked here, since this is not a terminal. Nothing was done.',
  help: 'To run the plan without a question: --yes, or nbkp run in a timer.',
};

const REFUSED: Finding = {
  severity: 'error',
  code: 'not-confirmed',
  message: 'Not confirmed. Nothing was done.',
};

/** Both the question and the answer need a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** One answer, typed on the terminal. Null for an end of input and for Ctrl-C. */
export async function ask(question: string): Promise<string | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise((resolve) => {
      terminal.once('close', () => resolve(null));
      terminal.once('SIGINT', () => resolve(null));
      terminal.question(question).then(
        (answer) => resolve(answer.trim()),
        () => resolve(null),
      );
    });
  } finally {
    terminal.close();
  }
}

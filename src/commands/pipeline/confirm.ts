import { createInterface } from 'node:readline/promises';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { confirmationImpossible, interrupted, notConfirmed } from '../../planner/model/findings/questions.ts';
import type { Plan } from '../../planner/model/plan.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { confirmationText, volumeText } from '../../reporters/human/confirmation.ts';
import { groupBy } from '../../reporters/text/group.ts';
import { leaveSoon } from '../at-end.ts';
import type { Output } from '../output.ts';

/** Asks whether a plan that was just shown shall run: all of it, or nothing. */
export async function askToRun(output: Output, plan: Plan): Promise<Result<Plan>> {
  if (!canAsk()) {
    return failure(
      confirmationImpossible(
        `To run this plan without a question: --yes${plan.purpose === 'backup' ? ', or nbkp run in a timer' : ''}.`,
      ),
    );
  }
  output.aside(`\n${confirmationText(plan, output.asideStyle())}`);
  const destructive = plan.steps.some((step) => step.destructive);
  const answer = (await ask(destructive ? 'Type yes to run it: ' : 'Run it? [y/N] ')) ?? '';
  const agreed = destructive ? answer === 'yes' : /^y(es)?$/i.test(answer);
  return agreed ? success(plan) : failure(REFUSED);
}

/**
 * Asks about each volume of a plan of `prepare`, and names its device: a sentinel on the wrong drive is a mistake that
 * all later runs believe.
 *
 * @param planFor the plan for these volumes alone
 * @returns the plan for the volumes that were agreed to, with a finding about each other one. An end of input is a no to all
 */
export async function askForEachVolume(
  output: Output,
  plan: Plan,
  planFor: (volumes: string[]) => Plan,
): Promise<Result<Plan>> {
  if (!canAsk()) return failure(confirmationImpossible('To prepare without a question: nbkp prepare --yes.'));
  const agreed: string[] = [];
  const declined: string[] = [];
  for (const [volume, steps] of groupBy(plan.steps, (step) => step.volume ?? '')) {
    output.aside(`\n${volumeText(steps, output.asideStyle())}`);
    const answer = await ask(`Prepare ${volume}? [y/N] `);
    if (answer === null) return failure(REFUSED);
    (/^y(es)?$/i.test(answer) ? agreed : declined).push(volume);
  }
  if (agreed.length === 0) return failure(REFUSED);
  return success(declined.length === 0 ? plan : planFor(agreed), declined.map(notPrepared));
}

function notPrepared(volume: string): Finding {
  return { ...notConfirmed(`Nothing was done on ${volume}.`), volume };
}

/** Asks a question whose answer is yes or no. Null for yes, else why not. */
export async function confirm(question: string): Promise<Finding | null> {
  if (!canAsk()) return confirmationImpossible('To do it without a question: --yes.');
  return /^y(es)?$/i.test((await ask(question)) ?? '') ? null : REFUSED;
}

const REFUSED = notConfirmed('Nothing was done.');

/** Both the question and the answer need a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** A command that was given up before it has done anything that stays. */
export class Interrupted extends Error {
  readonly exitCode: ExitCode;
  readonly finding: Finding;

  constructor(finding: Finding = interrupted(), exitCode: ExitCode = EXIT.interrupted) {
    super(finding.message);
    this.finding = finding;
    this.exitCode = exitCode;
  }
}

/**
 * One answer, typed on the terminal. Null for an end of input.
 *
 * @throws Interrupted for Ctrl-C
 */
export async function ask(question: string): Promise<string | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise((resolve, reject) => {
      terminal.once('close', () => resolve(null));
      terminal.once('SIGINT', () => reject(givenUp()));
      // Closing it rejects this too, and what ended it is known by then.
      terminal.question(question).then(
        (answer) => resolve(answer.trim()),
        () => resolve(null),
      );
    });
  } finally {
    terminal.close();
  }
}

/** Whoever gives up wants the prompt back, whatever a connection to a server still does. */
export function givenUp(): Interrupted {
  process.stderr.write('\n');
  process.exitCode = EXIT.interrupted;
  leaveSoon();
  return new Interrupted();
}

import type { Code, Finding } from '../../../planner/model/finding.ts';
import { fill, sshPlaceholderIn, type Step } from '../../../planner/model/step.ts';
import type { Executor, StepContext, StepResult } from '../../contract.ts';
import { CONNECTION_LOST, type ProcessResult } from '../../../hosts/transport/transport.ts';
import { causeOfComplaint } from '../../../hosts/rsync/causes.ts';
import { connectionBroke } from '../../../planner/model/findings/servers.ts';
import { error } from '../../../planner/model/findings/entry.ts';
import { commandEnded } from '../../../planner/model/findings/runs.ts';

/** Why a sequence of commands ended early. */
export interface Broken {
  outcome: 'failed' | 'interrupted';
  findings: Finding[];
}

/**
 * Runs commands of a step one after the other and stops at the first that fails.
 *
 * @param code of the finding when one fails
 * @returns null when all succeeded
 */
export async function runCommands(
  commands: readonly (readonly string[])[],
  context: StepContext,
  code: Code,
): Promise<Broken | null> {
  const interrupted = (): boolean => context.signal.aborted;
  const filled = commands.map((argv) => fill(argv, context.values));
  const rows = areOneRow(filled, context) ? [filled] : filled.map((argv) => [argv]);
  for (const row of rows) {
    if (interrupted()) return { outcome: 'interrupted', findings: [] };
    const { argv, result } = await runRow(row, context);
    if (result.code === 0) continue;
    if (interrupted()) return { outcome: 'interrupted', findings: [] };
    return { outcome: 'failed', findings: [causeOf(result, code) ?? commandFailed(argv, result, code)] };
  }
  return null;
}

/** Whether they can be started together: where that saves time, and none of them belongs on this machine. */
function areOneRow(commands: readonly string[][], context: StepContext): boolean {
  const saves = context.runInOrder !== undefined && commands.length > 1;
  return saves && commands.every((argv) => sshPlaceholderIn(argv) === null);
}

/** @returns the command that was the last, and how it ended */
async function runRow(
  row: readonly string[][],
  context: StepContext,
): Promise<{ argv: readonly string[]; result: ProcessResult }> {
  const [first = [], ...others] = row;
  if (others.length === 0 || context.runInOrder === undefined) return { argv: first, result: await context.run(first) };
  const { index, result } = await context.runInOrder(row);
  return { argv: row[index] ?? first, result };
}

/** Commands around a copy fail for the causes for which rsync fails. What a user's own command says is its own affair. */
const AROUND_COPIES = new Set<Code>([
  'transfer-prepare-failed',
  'transfer-clean-up-failed',
  'snapshot-failed',
  'restore-failed',
]);

function causeOf({ stderr }: ProcessResult, code: Code): Finding | null {
  const said = stderr.at(-1) ?? '';
  const cause = AROUND_COPIES.has(code) ? causeOfComplaint(said) : null;
  if (cause === null) return null;
  const paths = /['‘"](?<path>[^'’"]+)['’"]/.exec(said)?.groups?.['path'] ?? said;
  const why = said.slice(said.lastIndexOf(': ') + 2);
  return cause({ paths, why, restoring: code === 'restore-failed' });
}

/** What became of a command whose exit code is not 0, with the last line that it complained with. */
export function commandFailed(argv: readonly string[], result: ProcessResult, code: Code): Finding {
  if (result.error === CONNECTION_LOST) return connectionBroke(argv);
  const how =
    result.error !== null
      ? `could not be started (${result.error})`
      : result.timedOut
        ? 'took too long and was ended'
        : result.signal !== null
          ? `was ended by ${result.signal}`
          : `ended with exit code ${result.code ?? '?'}`;
  return error(code, commandEnded)({ argv, how, said: result.stderr.at(-1), missing: result.error === 'ENOENT' });
}

/** The running half of executors whose steps are nothing but their commands. */
export function sequence(code: Code): Executor['apply'] {
  return (step, context) => runStep(step, context, code);
}

async function runStep(step: Step, context: StepContext, code: Code): Promise<StepResult> {
  const broken = await runCommands(step.commands, context, code);
  return broken ?? { outcome: 'done', findings: [] };
}

import { randomUUID } from 'node:crypto';
import { fill, PLACEHOLDER, type Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { runCommands } from '../command/run-commands.ts';

/** Sentinels, directories and subvolumes. The ids of sources are drawn here: the same facts make the same plan. */
export async function applyCreate({ commands }: Step, context: StepContext): Promise<StepResult> {
  const named = commands.flat().flatMap((word): string[] => word.match(PLACEHOLDER) ?? []);
  const unknown = named.filter((name) => name.startsWith('{identity:') && context.values[name] === undefined);
  const values = Object.fromEntries(unknown.map((name) => [name, randomUUID()]));
  const filled = commands.map((argv) => fill(argv, values));
  return (await runCommands(filled, context, 'prepare-failed')) ?? { outcome: 'done', findings: [], values };
}

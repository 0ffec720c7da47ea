import { randomUUID } from 'node:crypto';
import { identitiesIn } from '../../../planner/kinds/create/commands.ts';
import { successUnnoted } from '../../../planner/model/findings/destinations.ts';
import { fill, successPlaceholder, type Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { runCommands } from '../command/run-commands.ts';

/** Sentinels, directories and subvolumes. The ids of sources are drawn here: the same facts make the same plan. */
export async function applyCreate({ commands }: Step, context: StepContext): Promise<StepResult> {
  const unknown = identitiesIn(commands).filter((name) => context.values[name] === undefined);
  const values = Object.fromEntries(unknown.map((name) => [name, randomUUID()]));
  const filled = commands.map((argv) => fill(argv, values));
  return (await runCommands(filled, context, 'prepare-failed')) ?? { outcome: 'done', findings: [], values };
}

/** Notes that a sync has succeeded. The copy is complete without that, so that what keeps it from being noted is a warning. */
export async function applyRecord({ commands, sync = '' }: Step, context: StepContext): Promise<StepResult> {
  const values = { [successPlaceholder(sync)]: new Date(context.now()).toISOString() };
  const filled = commands.map((argv) => fill(argv, values));
  const broken = await runCommands(filled, context, 'success-unnoted');
  if (broken === null) return { outcome: 'done', findings: [], values };
  if (broken.outcome === 'interrupted') return broken;
  const findings = broken.findings.map(({ message }) => ({ ...successUnnoted(message), sync }));
  return { outcome: 'done', findings };
}

import type { PlannedSteps } from '../model/executor.ts';
import type { PlannedSync, PlanInput } from '../model/plan.ts';
import type { Step } from '../model/step.ts';

/**
 * Puts the steps of executors around those of the syncs: in the order of the executors' names, those that run at the end
 * behind all others.
 *
 * @param steps of all syncs and drives
 */
export function aroundRun({ spec, facts, executors }: PlanInput, syncs: PlannedSync[], steps: Step[]): PlannedSteps {
  const asked = executors.filter(
    (executor) => executor.planRun !== undefined && spec.settings[executor.name] !== undefined,
  );
  const added = asked
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((executor) => {
      const settings = spec.settings[executor.name] ?? null;
      return executor.planRun?.({ spec, facts, settings, syncs, steps }) ?? { steps: [], findings: [] };
    });
  const all = added.flatMap((planned) => planned.steps);
  const atEnd = ({ runsOn }: Step): boolean => runsOn === 'end';
  return {
    steps: [...all.filter((step) => !atEnd(step)), ...steps, ...all.filter(atEnd)],
    findings: added.flatMap(({ findings }) => findings),
  };
}

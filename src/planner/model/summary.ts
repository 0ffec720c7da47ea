import type { PlannedSync, Summary } from './plan.ts';
import type { Step, StepAction } from './step.ts';

/** The numbers of a plan. */
export function summarise(steps: readonly Step[], syncs: readonly PlannedSync[]): Summary {
  const byKind: Record<string, number> = {};
  for (const { kind } of steps) byKind[kind] = (byKind[kind] ?? 0) + 1;
  const withAction = (wanted: StepAction): number => steps.filter(({ action }) => action === wanted).length;
  const inState = (wanted: PlannedSync['state']): number => syncs.filter(({ state }) => state === wanted).length;
  return {
    steps: steps.length,
    byKind,
    syncs: {
      planned: inState('planned'),
      skipped: inState('skipped'),
      disabled: inState('disabled'),
      blocked: inState('blocked'),
    },
    creates: withAction('create'),
    updates: withAction('update'),
    deletes: withAction('delete'),
  };
}

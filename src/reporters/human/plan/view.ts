import type { Plan, PlannedSync } from '../../../planner/model/plan.ts';
import { PLACEHOLDER, type Step } from '../../../planner/model/step.ts';
import type { Style } from '../../style.ts';

export interface PlanTextOptions {
  /** Shows the exact argv of each step. */
  commands: boolean;
  /** Shows the files that a dry run found. */
  files: boolean;
  /** Folds nothing. */
  all: boolean;
  /** ISO 8601, UTC: the age of recorded facts is counted from here. */
  now?: string;
}

/** A sanitised plan and how it is shown: what every part of the plan's text needs. */
export interface PlanView {
  plan: Plan;
  options: PlanTextOptions;
  style: Style;
  steps: ReadonlyMap<string, Step>;
}

export function planView(plan: Plan, options: PlanTextOptions, style: Style): PlanView {
  return { plan, options, style, steps: new Map(plan.steps.map((step) => [step.id, step])) };
}

export function stepsOf({ steps }: PlanView, sync: PlannedSync): Step[] {
  return sync.steps.flatMap((id) => steps.get(id) ?? []);
}

/** Says placeholders in words. The exact argv keep them. */
export function inWords(text: string): string {
  return text.replace(PLACEHOLDER, (found) => {
    const [kind = '', name = ''] = found.slice(1, -1).split(':');
    return WORDS[kind]?.(name) ?? found;
  });
}

const WORDS: Readonly<Record<string, (name: string) => string>> = {
  snapshot: (sync) => `the new snapshot of ${sync}`,
  mount: (volume) => `the place where ${volume} is mounted`,
};

import type { Plan } from '../model/plan.ts';

/** The text of a plan file: JSON for people to read and compare, with a line feed at its end. */
export function encodePlan(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

import type { Plan } from '../../planner/model/plan.ts';
import { dotText } from '../../reporters/graph/dot.ts';
import { mermaidText } from '../../reporters/graph/mermaid.ts';
import { planText } from '../../reporters/human/plan/plan.ts';
import type { Style } from '../../reporters/style.ts';

export const FORMATS = ['human', 'mermaid', 'dot'] as const;

interface PlanDetails {
  commands?: boolean;
  files?: boolean;
  all?: boolean;
}

/** A plan in one of the formats. The details are those of the human one. */
export function formatPlan(plan: Plan, format: string, details: PlanDetails, style: Style): string {
  if (format === 'mermaid') return mermaidText(plan);
  if (format === 'dot') return dotText(plan);
  const { commands = false, files = false, all = false } = details;
  return planText(plan, { commands, files, all }, style);
}

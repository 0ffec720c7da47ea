import * as Flags from '@oclif/core/flags';
import type { Plan } from '../../planner/model/plan.ts';
import { dotText } from '../../reporters/graph/dot.ts';
import { mermaidText } from '../../reporters/graph/mermaid.ts';
import { planText } from '../../reporters/human/plan/plan.ts';
import { LEAST_MAX_BYTES, MAX_BYTES } from '../../reporters/markdown/blocks.ts';
import { planMarkdown } from '../../reporters/markdown/plan.ts';
import type { Style } from '../../reporters/style.ts';

/** `sh` is made by `scriptOf`, since it is not possible for every plan. */
export const FORMATS = ['human', 'markdown', 'mermaid', 'dot', 'sh'] as const;

/** The flag of every command that can print Markdown. */
export const maxBytesFlag = Flags.integer({
  min: LEAST_MAX_BYTES,
  default: MAX_BYTES,
  helpValue: 'N',
  summary: 'Of markdown: the most bytes, as a comment may have.',
});

export interface PlanDetails {
  commands?: boolean;
  files?: boolean;
  all?: boolean;
  'max-bytes'?: number;
}

/** A plan in one of the formats. The details are those of the human one and of Markdown. */
export function formatPlan(plan: Plan, format: string, details: PlanDetails, style: Style): string {
  if (format === 'mermaid') return mermaidText(plan);
  if (format === 'dot') return dotText(plan);
  const { commands = false, files = false, all = false, 'max-bytes': maxBytes = MAX_BYTES } = details;
  const options = { commands, files, all, now: new Date().toISOString() };
  return format === 'markdown' ? planMarkdown(plan, { ...options, maxBytes }) : planText(plan, options, style);
}

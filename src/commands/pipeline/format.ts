import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Plan } from '../../planner/model/plan.ts';
import { success, type Result } from '../../planner/model/result.ts';
import { dotText } from '../../reporters/graph/dot.ts';
import { mermaidText } from '../../reporters/graph/mermaid.ts';
import { treeText } from '../../reporters/graph/tree.ts';
import { planText } from '../../reporters/human/plan/plan.ts';
import { LEAST_MAX_BYTES, MAX_BYTES } from '../../reporters/markdown/blocks.ts';
import { planMarkdown } from '../../reporters/markdown/plan.ts';
import type { PlanTextOptions } from '../../reporters/human/plan/view.ts';
import type { Style } from '../../reporters/style.ts';
import type { Output } from '../output.ts';
import { scriptOf } from './script.ts';

/** Flags of every command that can print Markdown. */
export const maxBytesFlag = Flags.integer({
  min: LEAST_MAX_BYTES,
  default: MAX_BYTES,
  helpValue: 'N',
  summary: 'Of markdown: the most bytes, as a comment may have.',
});

/** What of a plan is shown. */
export interface PlanDetails {
  commands?: boolean;
  files?: boolean;
  all?: boolean;
}

export interface Shown extends PlanDetails {
  format?: PlanFormat;
  'max-bytes'?: number;
  /** What the plan alone means for the exit code. */
  code: ExitCode;
}

type Formatter = (plan: Plan, shown: Shown, style: Style) => Result<string> | Promise<Result<string>>;

/** Every format of a plan. Findings in place of the text say why there can be none of this plan. */
const FORMATS = {
  human: (plan, shown, style) => success(humanPlan(plan, shown, style)),
  markdown: (plan, shown) =>
    success(planMarkdown(plan, { ...optionsOf(shown), maxBytes: shown['max-bytes'] ?? MAX_BYTES })),
  mermaid: (plan) => success(mermaidText(plan)),
  dot: (plan) => success(dotText(plan)),
  text: (plan, _shown, style) => success(treeText(plan, style)),
  sh: (plan, { code }) => scriptOf(plan, code),
} satisfies Record<string, Formatter>;

type PlanFormat = keyof typeof FORMATS;

/** The flag of a command that shows plans in these formats. */
export function formatFlag<F extends PlanFormat>(options: readonly F[], byDefault: F, summary = 'How to show it.') {
  return Flags.option({ options, default: byDefault, summary })();
}

/** What is asked for: the plan as the one document, or in a format. @returns that it cannot be shown so, else `code` */
export async function showPlan(output: Output, plan: Plan, shown: Shown): Promise<ExitCode> {
  const format: Formatter = FORMATS[shown.format ?? 'human'];
  const text = output.json ? null : await format(plan, shown, output.style());
  if (text?.ok === false) {
    output.findings(text.findings);
    return EXIT.failed;
  }
  if (text === null) output.document(plan);
  else if (['human', 'text'].includes(shown.format ?? 'human')) output.text(text.value);
  else output.exactly(text.value);
  return shown.code;
}

/** A plan for a person. */
export function humanPlan(plan: Plan, details: PlanDetails, style: Style): string {
  return planText(plan, optionsOf(details), style);
}

function optionsOf({ commands = false, files = false, all = false }: PlanDetails): PlanTextOptions {
  return { commands, files, all, now: new Date().toISOString() };
}

import type { Plan } from '../../planner/model/plan.ts';
import { mermaidText } from '../graph/mermaid.ts';
import { disabledBlock, skippedBlock, unchangedBlock, blockedBlock } from '../human/plan/idle.ts';
import { forecastBlock } from '../human/plan/forecast.ts';
import { headerLines } from '../human/plan/header.ts';
import { summaryBlock } from '../human/plan/summary.ts';
import { commandLines } from '../human/plan/steps.ts';
import { planView, type PlanTextOptions, type PlanView } from '../human/plan/view.ts';
import { volumeBlocks } from '../human/plan/volumes.ts';
import type { Style } from '../style.ts';
import { plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { markdownText, type Block } from './blocks.ts';
import { code, prose } from './escape.ts';
import { findingItems } from './findings.ts';

const same = (text: string): string => text;
const PAINTS = { bold: same, dim: same, red: same, green: same, yellow: same, blue: same, cyan: same };
const PLAIN = { ...PAINTS, ascii: false, shown: same };
/** Columns of what is in fences. */
const FENCE: Style = { ...PLAIN, width: 100 };
/** One sentence, one line: a browser breaks it. */
const UNBROKEN: Style = { ...PLAIN, width: Number.MAX_SAFE_INTEGER };

/** From so many steps on a drawing of them helps nobody, and GitHub draws no more than some hundred edges. */
const DRAWN = 100;

/**
 * A plan as Markdown for a comment on a change: what it comes to and what it remarks first, then, folded, what it does,
 * what it does not do, the graph and the exact commands. No name in it can become markup.
 *
 * @param options `maxBytes`: the most bytes of the text
 */
export function planMarkdown(plan: Plan, options: PlanTextOptions & { maxBytes: number }): string {
  const safe = sanitised(plan);
  const fence = planView(safe, options, FENCE);
  const unbroken = planView(safe, options, UNBROKEN);
  const [title = ''] = headerLines(unbroken);
  const findings = findingItems(safe.findings);
  const idle = [skippedBlock, blockedBlock, unchangedBlock, disabledBlock].map((block) => block(fence));
  const blocks: Block[] = [
    { kind: 'paragraph', text: `### ${prose(title)}` },
    ...summaryBlock(unbroken).map((text): Block => ({ kind: 'paragraph', text: `**${prose(text)}**` })),
    ...(findings.length === 0 ? [] : [{ kind: 'list' as const, items: findings }]),
    ...folded('What will be done', volumeBlocks(fence)),
    ...folded('What will not be done', idle),
    ...folded('Space', [forecastBlock(fence)]),
    ...drawing(safe),
    ...commands(fence),
    { kind: 'paragraph', text: `<sub>Plan ${code(safe.id)}, nbkp ${prose(safe.tool.version)}</sub>` },
  ];
  return markdownText(blocks, options.maxBytes, `All of it: ${code('nbkp plan')}, or ${code('--max-bytes')}.`);
}

/** Blocks of the human text, an empty line between two. */
function folded(summary: string, blocks: readonly (readonly string[])[]): Block[] {
  const lines = blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]));
  return lines.length === 0 ? [] : [{ kind: 'details', summary, blocks: [{ kind: 'fence', language: 'text', lines }] }];
}

function drawing(plan: Plan): Block[] {
  if (plan.steps.length === 0 || plan.steps.length > DRAWN) return [];
  const lines = mermaidText(plan).trimEnd().split('\n');
  return [{ kind: 'details', summary: 'Graph', blocks: [{ kind: 'drawing', language: 'mermaid', lines }] }];
}

function commands(view: PlanView): Block[] {
  const shown = { ...view, options: { ...view.options, commands: true } };
  const lines = view.plan.steps.flatMap((step) =>
    step.commands.length === 0 ? [] : [`# ${step.id}`, ...commandLines(shown, step, '')],
  );
  const summary = `Commands of ${plural(view.plan.steps.length, 'step')}`;
  return lines.length === 0 ? [] : [{ kind: 'details', summary, blocks: [{ kind: 'fence', language: 'text', lines }] }];
}

import type { Plan } from '../../../planner/model/plan.ts';
import type { Style } from '../../style.ts';
import { blocksText } from '../../text/blocks.ts';
import { sanitised } from '../../text/sanitise.ts';
import { forecastBlock } from './forecast.ts';
import { headerLines } from './header.ts';
import { blockedBlock, disabledBlock, skippedBlock, unchangedBlock } from './idle.ts';
import { findingsBlock } from './remarks.ts';
import { summaryBlock } from './summary.ts';
import { planView, type PlanTextOptions } from './view.ts';
import { volumeBlocks } from './volumes.ts';

/**
 * A plan for people: what changes, by destination volume and sync, with the reason of every deletion; then what does
 * not run and why, findings, and what it all comes to.
 *
 * @returns complete lines, none wider than the style but for argv and for paths, which are never broken
 */
export function planText(plan: Plan, options: PlanTextOptions, style: Style): string {
  // The id is shown nowhere here, and takes as long to make as the plan.
  const view = planView(sanitised(plan, 'id'), options, style);
  return blocksText([
    headerLines(view),
    ...volumeBlocks(view),
    unchangedBlock(view),
    skippedBlock(view),
    disabledBlock(view),
    blockedBlock(view),
    forecastBlock(view),
    findingsBlock(view),
    summaryBlock(view),
  ]);
}

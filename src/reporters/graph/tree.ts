import type { Plan } from '../../planner/model/plan.ts';
import type { Step } from '../../planner/model/step.ts';
import { symbol } from '../human/symbols.ts';
import type { Style } from '../style.ts';
import { sanitised } from '../text/sanitise.ts';
import { wrap } from '../text/width.ts';
import { idleSyncs, idleText, stepGroups, type StepGroup } from './groups.ts';

/** The plan graph as a tree for a terminal: groups, their steps in order, and what each waits for besides the one above. */
export function treeText(plan: Plan, style: Style): string {
  const safe = sanitised(plan);
  const groups = stepGroups(safe).flatMap((group) => groupLines(group, style));
  const idle = idleSyncs(safe).flatMap((sync) => wrap(`${sync.name} (${idleText(sync)})`, style.width, '', '  '));
  const lines = [...groups, ...idle.map(style.dim)];
  return lines.length === 0 ? 'The plan has no steps.\n' : `${lines.join('\n')}\n`;
}

function groupLines({ title, steps }: StepGroup, style: Style): string[] {
  const lines = steps.map((step, index) => {
    const branch = index === steps.length - 1 ? '└─' : '├─';
    return `${branch} ${symbol(step.action, style)} ${step.id}${style.dim(relation(step, steps[index - 1]))}`;
  });
  return [style.bold(title), ...lines];
}

function relation(step: Step, above: Step | undefined): string {
  const others = step.dependsOn.filter((id) => id !== above?.id);
  if (step.runsOn === 'failure') return '  if the sync fails';
  if (step.runsOn === 'end') return '  at the end';
  return [
    ...(others.length > 0 ? [`  after ${others.join(', ')}`] : []),
    ...(step.releases === undefined ? [] : [`  undoes ${step.releases}`]),
  ].join('');
}

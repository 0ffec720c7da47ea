import type { Plan } from '../../planner/model/plan.ts';
import type { Step, StepAction } from '../../planner/model/step.ts';
import { sanitised } from '../text/sanitise.ts';
import { idleSyncs, idleText, stepGroups } from './groups.ts';

const COLOURS: Readonly<Record<StepAction, string>> = {
  create: 'forestgreen',
  update: 'darkgoldenrod',
  delete: 'red3',
  acquire: 'dodgerblue',
  release: 'dodgerblue',
  run: 'purple',
};

/** The plan graph for Graphviz: one cluster per sync (The DOT language: quoted ids, in which only `"` and `\` are special). */
export function dotText(plan: Plan): string {
  const safe = sanitised(plan);
  const known = new Set(safe.steps.map((step) => step.id));
  const clusters = stepGroups(safe).flatMap(({ title, steps }, index) => [
    `  subgraph cluster_${index} {`,
    `    label=${quoted(title)};`,
    ...steps.map((step) => `    ${quoted(step.id)} [color=${COLOURS[step.action]}];`),
    '  }',
  ]);
  const idle = idleSyncs(safe).map(
    (sync, index) => `  idle_${index} [label=${quoted(`${sync.name} (${idleText(sync)})`)}, style=dashed];`,
  );
  const lines = ['digraph plan {', '  rankdir=LR;', '  node [shape=box];', ...clusters, ...idle];
  return `${[...lines, ...safe.steps.flatMap((step) => edges(step, known)), '}'].join('\n')}\n`;
}

function edges(step: Step, known: ReadonlySet<string>): string[] {
  const style = step.runsOn === 'failure' ? ' [style=dashed]' : '';
  return step.dependsOn
    .filter((dependency) => known.has(dependency))
    .map((dependency) => `  ${quoted(dependency)} -> ${quoted(step.id)}${style};`);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, (found) => `\\${found}`)}"`;
}

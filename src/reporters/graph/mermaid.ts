import type { Plan } from '../../planner/model/plan.ts';
import type { Step, StepAction } from '../../planner/model/step.ts';
import { sanitised } from '../text/sanitise.ts';
import { idleSyncs, idleText, stepGroups } from './groups.ts';

/**
 * The plan graph as a Mermaid flowchart that GitHub draws (Mermaid, "Flowcharts": entity codes in quoted labels). Nodes
 * have made-up ids, since step ids may hold what Mermaid reads as syntax.
 */
export function mermaidText(plan: Plan): string {
  const safe = sanitised(plan);
  const ids = new Map(safe.steps.map((step, index) => [step.id, `n${index}`]));
  const groups = stepGroups(safe).flatMap(({ title, steps }, index) => [
    `  subgraph g${index}[${label(title)}]`,
    ...steps.map((step) => `    ${ids.get(step.id) ?? ''}[${label(step.id)}]:::${step.action}`),
    '  end',
  ]);
  const idle = idleSyncs(safe).map((sync, index) => `  i${index}[${label(`${sync.name} (${idleText(sync)})`)}]:::idle`);
  return `${['flowchart LR', ...groups, ...idle, ...safe.steps.flatMap((step) => edges(step, ids)), ...classes(safe)].join('\n')}\n`;
}

function edges(step: Step, ids: ReadonlyMap<string, string>): string[] {
  const to = ids.get(step.id) ?? '';
  const arrow = step.runsOn === 'failure' ? '-. on failure .->' : '-->';
  return step.dependsOn.flatMap((dependency) => {
    const from = ids.get(dependency);
    return from === undefined ? [] : [`  ${from} ${arrow} ${to}`];
  });
}

const COLOURS: Readonly<Record<StepAction | 'idle', string>> = {
  create: 'stroke:#1a7f37',
  update: 'stroke:#9a6700',
  delete: 'stroke:#cf222e',
  acquire: 'stroke:#0969da',
  release: 'stroke:#0969da',
  run: 'stroke:#8250df',
  idle: 'stroke-dasharray:4',
};

function classes(plan: Plan): string[] {
  const used = new Set<StepAction | 'idle'>(plan.steps.map((step) => step.action));
  if (idleSyncs(plan).length > 0) used.add('idle');
  return [...used].toSorted().map((name) => `  classDef ${name} ${COLOURS[name]}`);
}

/**
 * Punctuation becomes an entity code unless it is known to mean nothing: to Mermaid (whose directives, `%%{`, count in
 * labels too), Markdown or HTML.
 */
function label(text: string): string {
  return `"${text.replace(/(?![\w .,:/()=-])[!-~]|_/g, (found) => `#${found.charCodeAt(0)};`)}"`;
}

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { dotText } from '../../../../src/reporters/graph/dot.ts';
import { mermaidText } from '../../../../src/reporters/graph/mermaid.ts';
import { treeText } from '../../../../src/reporters/graph/tree.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import { plannedSync, planOf, step, withSteps } from '../../../../src/reporters/samples/parts.ts';
import { SCENARIOS } from '../scenarios.ts';

const GOLDEN = join(import.meta.dirname, '../../../golden/reporters/graph');
const plain = createStyle({ colour: false, width: 80 });

/** Ids that are syntax in both languages, and in the HTML and Markdown around them. */
const odd = [
  'transfer:a"];end;x["',
  'run:<script>alert(1)</script>',
  'x:`*_~\\#quot; -> "b" --> c',
  '%%{init: {}}%%',
  'y:\n}\u001b',
].map((id) => step({ id, kind: 'transfer', action: 'run', summary: '', sync: 'odd' }));
const oddPlan = planOf([
  withSteps(
    plannedSync('odd'),
    ...odd.map((each, index) => ({ ...each, dependsOn: index === 0 ? [] : [odd[index - 1]!.id] })),
  ),
]);
const PLANS: Readonly<Record<string, Plan>> = { ...SCENARIOS, odd: oddPlan };

/** One line of a Mermaid flowchart as we write it; labels hold nothing that needs escaping. */
const MERMAID_LINE = new RegExp(
  [
    'flowchart LR',
    '  subgraph g\\d+\\[LABEL\\]',
    '    n\\d+\\[LABEL\\]:::(?:create|update|delete|acquire|release|run)',
    '  end',
    '  i\\d+\\[LABEL\\]:::idle',
    '  n\\d+ (?:-->|-\\. on failure \\.->) n\\d+',
    '  classDef \\w+ [a-z-]+:#?\\w+',
  ]
    .map((line) => `^${line.replaceAll('LABEL', '"(?:[A-Za-z0-9 .,:/()=-]|[^ -~]|#\\d+;)*"')}$`)
    .join('|'),
);

/** One statement of the DOT language as we write it. */
const DOT_LINE = new RegExp(
  [
    'digraph plan \\{',
    '  (?:rankdir=LR|node \\[shape=box\\]);',
    '  subgraph cluster_\\d+ \\{',
    '    label=ID;',
    '    ID \\[color=\\w+\\];',
    '  \\}',
    '  idle_\\d+ \\[label=ID, style=dashed\\];',
    '  ID -> ID(?: \\[style=dashed\\])?;',
    '\\}',
  ]
    .map((line) => `^${line.replaceAll('ID', '"(?:[^"\\\\]|\\\\["\\\\])*"')}$`)
    .join('|'),
);

describe.each(Object.entries(PLANS))('the graph of "%s"', (name, plan) => {
  it('is a Mermaid flowchart in every line', () => {
    expect(
      mermaidText(plan)
        .trimEnd()
        .split('\n')
        .filter((line) => !MERMAID_LINE.test(line)),
    ).toEqual([]);
  });

  it('is a DOT graph in every line', () => {
    expect(
      dotText(plan)
        .trimEnd()
        .split('\n')
        .filter((line) => !DOT_LINE.test(line)),
    ).toEqual([]);
  });

  it('has every step once, and every dependency', () => {
    const edges = plan.steps.flatMap((each) =>
      each.dependsOn.filter((id) => plan.steps.some((other) => other.id === id)),
    );
    expect(mermaidText(plan).match(/^ {4}n\d+\[/gm) ?? []).toHaveLength(plan.steps.length);
    expect(mermaidText(plan).match(/ (-->|\.->) n/g) ?? []).toHaveLength(edges.length);
    expect(dotText(plan).match(/^ {2}".* -> /gm) ?? []).toHaveLength(edges.length);
    expect(treeText(plan, plain).match(/^[├└]─/gm) ?? []).toHaveLength(plan.steps.length);
  });
});

it.each(['chain', 'second-run', 'idle', 'prepare', 'odd'])('draws "%s" as in its golden files', async (name) => {
  const plan = PLANS[name]!;
  await expect(treeText(plan, plain)).toMatchFileSnapshot(join(GOLDEN, `${name}-tree.txt`));
  await expect(mermaidText(plan)).toMatchFileSnapshot(join(GOLDEN, `${name}.mmd`));
  await expect(dotText(plan)).toMatchFileSnapshot(join(GOLDEN, `${name}.dot`));
});

it('tells a step that runs only after a failure from the others', () => {
  const alarm = step({
    id: 'on-failure:a:1',
    kind: 'command',
    action: 'run',
    summary: '',
    sync: 'a',
    runsOn: 'failure',
    dependsOn: ['transfer:a'],
  });
  const copy = step({ id: 'transfer:a', kind: 'transfer', action: 'update', summary: '', sync: 'a' });
  const plan = planOf([withSteps(plannedSync('a'), copy, alarm)]);
  expect(treeText(plan, plain)).toContain('on-failure:a:1  if the sync fails');
  expect(mermaidText(plan)).toContain('n0 -. on failure .-> n1');
  expect(dotText(plan)).toContain('"transfer:a" -> "on-failure:a:1" [style=dashed];');
});

it('draws what belongs to no sync and no volume by its host, and says what runs at the end', () => {
  const told = step({ id: 'notify:end-1', kind: 'notify', action: 'run', summary: '', runsOn: 'end' });
  const text = treeText({ ...planOf([]), steps: [told] }, plain);
  expect(text).toBe('host local\n└─ > notify:end-1  at the end\n');
});

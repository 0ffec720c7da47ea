import type { Plan } from '../../planner/model/plan.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Places } from './checks.ts';
import { scriptWord } from './words.ts';

/** The steps of a sync, by their numbers, which hold their locks together; or a single step that belongs to none. */
export interface Group {
  number: number;
  sync: string | null;
  steps: number[];
}

/** The groups of a plan and the group of each step. */
export function groupsOf({ steps }: Plan): { groups: Group[]; groupOf: Group[] } {
  const groups: Group[] = [];
  const groupOf = steps.map((step, index) => {
    const known = step.sync === undefined ? undefined : groups.find(({ sync }) => sync === step.sync);
    const group = known ?? { number: groups.length, sync: step.sync ?? null, steps: [] };
    if (known === undefined) groups.push(group);
    group.steps.push(index);
    return group;
  });
  return { groups, groupOf };
}

/** All or none, in one order everywhere, exclusively if any sync of the plan writes there. */
export function lockFunctions({ number, steps }: Group, plan: Plan): string[] {
  const all = placesOfSteps(plan.steps);
  const own = placesOfSteps(steps.flatMap((index) => plan.steps[index] ?? []));
  const sorted = [...own.keys()].toSorted((a, b) => (a < b ? -1 : 1));
  const place = (path: string): string =>
    `${[...all.keys()].indexOf(path)} ${all.get(path) === true ? 'exclusive' : 'shared'} ${scriptWord(path)}`;
  const takes = sorted.map((path, index) => {
    const back = sorted.slice(0, index).map((earlier) => `leave ${place(earlier)}; `);
    return `  take ${place(path)} || { result=$?; ${back.join('')}return "$result"; }`;
  });
  return [
    `locks_${number}() {`,
    ...(takes.length === 0 ? [] : ['  local result']),
    ...takes,
    '  :',
    '}',
    `unlock_${number}() {`,
    ...sorted.map((path) => `  leave ${place(path)}`),
    '  :',
    '}',
  ];
}

/** By path, whether it is locked exclusively. */
function placesOfSteps(steps: readonly Step[]): Map<string, boolean> {
  const places = new Map<string, boolean>();
  for (const { path, mode } of steps.flatMap(({ locks }) => locks)) {
    places.set(path, places.get(path) === true || mode === 'exclusive');
  }
  return places;
}

/** Whether the volumes of a sync are there at all: what is on an absent drive is skipped, not refused. */
export function presenceFunction({ number, sync }: Group, plan: Plan, { volumes }: Places): string[] {
  const planned = plan.syncs.find(({ name }) => name === sync);
  const names =
    planned === undefined
      ? []
      : [planned.source, planned.marks ?? planned.destination].map((key) => key.split(':')[0] ?? '');
  const paths = [...new Set(names)].flatMap((name) => volumes.get(name) ?? []);
  return [`is_here_${number}() {`, ...paths.map((path) => `  [ -d ${scriptWord(path)} ] || return 1`), '  :', '}'];
}

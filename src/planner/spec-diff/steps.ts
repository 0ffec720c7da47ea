import type { ComparedStep, FieldDiff, StepDiff } from '../model/diff.ts';
import type { Step } from '../model/step.ts';
import { sameJson } from '../model/json-changes.ts';

/**
 * Steps of two plans, matched by id. A step that only stands elsewhere in the list is the same; when it runs is told by
 * what it waits for.
 *
 * @param was with the names that syncs have in `is` (`withNames`)
 * @returns only what differs, in the order of `is`, then what is gone
 */
export function diffSteps(was: readonly Step[], is: readonly Step[]): StepDiff[] {
  const before = new Map(was.map((step) => [step.id, step]));
  const after = new Set(is.map((step) => step.id));
  return [
    ...is.flatMap((step) => {
      const old = before.get(step.id);
      return old === undefined ? [appeared(step, 'added')] : changedStep(old, step);
    }),
    ...was.filter((step) => !after.has(step.id)).map((step) => appeared(step, 'removed')),
  ];
}

function appeared(step: Step, change: 'added' | 'removed'): StepDiff {
  const { id, summary, commands } = step;
  return {
    ...{ id, change, summary, fields: [] },
    commands: change === 'added' ? { was: [], is: commands } : { was: commands, is: [] },
  };
}

function changedStep(was: Step, is: Step): StepDiff[] {
  const [before, after] = [compared(was), compared(is)];
  const fields = KEYS.filter((field) => before[field] !== after[field]).map((field): FieldDiff => ({
    ...{ field, was: before[field], is: after[field] },
  }));
  const sameCommands = sameJson(was.commands, is.commands);
  if (fields.length === 0 && sameCommands) return [];
  const commands = sameCommands ? {} : { commands: { was: was.commands, is: is.commands } };
  return [{ id: is.id, change: 'changed', summary: is.summary, fields, ...commands }];
}

const KEYS: readonly (keyof ComparedStep)[] = [
  ...(['action', 'executor', 'host', 'after', 'runs', 'destructive', 'deleteLimit'] as const),
];

function compared(step: Step): ComparedStep {
  const { deleteLimit } = step;
  return {
    action: step.action,
    executor: step.executor.name,
    host: step.host,
    after: step.dependsOn.toSorted().join(', '),
    runs: step.runsOn === 'end' ? 'at the end' : `on ${step.runsOn}`,
    destructive: step.destructive ? 'yes' : 'no',
    deleteLimit:
      deleteLimit === undefined
        ? 'none'
        : `${deleteLimit.percent} %${deleteLimit.files === null ? '' : `, ${deleteLimit.files} entries`}`,
  };
}

/** The steps of a plan as they would be called if its syncs had other names. */
export function withNames(steps: readonly Step[], names: ReadonlyMap<string, string>): Step[] {
  if (names.size === 0) return [...steps];
  const ids = new Map(steps.map((step) => [step.id, renamedId(step, names)]));
  const idOf = (id: string): string => ids.get(id) ?? id;
  const word = (text: string): string =>
    text.replace(/\{([a-z]+):([a-z0-9-]+)\}/g, (found, kind: string, name: string) => {
      const renamed = kind === 'mount' ? undefined : names.get(name);
      return renamed === undefined ? found : `{${kind}:${renamed}}`;
    });
  return steps.map((step) => ({
    ...step,
    id: idOf(step.id),
    dependsOn: step.dependsOn.map(idOf),
    commands: step.commands.map((argv) => argv.map(word)),
  }));
}

function renamedId({ id, sync }: Step, names: ReadonlyMap<string, string>): string {
  const renamed = sync === undefined ? undefined : names.get(sync);
  return renamed === undefined
    ? id
    : id
        .split(':')
        .map((part) => (part === sync ? renamed : part))
        .join(':');
}

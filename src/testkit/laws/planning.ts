import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { ExecutorPlanning } from '../../planner/model/executor.ts';
import type { Step } from '../../planner/model/step.ts';
import { messageOf } from '../../planner/model/system-error.ts';
import { shown } from '../failure.ts';
import type { Law } from '../law.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { spyOnSources } from '../spy.ts';
import { traceOf } from '../trace.ts';

export const pure: Law = {
  name: 'pure',
  says: 'its planning reads no clock, no environment and no files, does nothing, and leaves what it is given as it is',
  async hold(rehearsal) {
    const scene = await rehearsal.begin();
    const { plan, facts } = await scene.stage.planned();
    rehearsal.own(plan);
    const sins: string[] = [];
    const watched = watchedPlanning(rehearsal.subject.executor.planning, sins);
    const executors = [...scene.stage.planning.filter(({ name }) => name !== rehearsal.name), watched];
    try {
      scene.stage.questions(
        facts,
        plan.syncs.map(({ name }) => name),
        executors,
      );
      scene.stage.plan(scene.stage.histories(facts, executors), undefined, executors);
    } catch (cause) {
      if (sins.length === 0) throw cause;
    }
    if (sins.length === 0) return;
    rehearsal.broken({
      found: sins.join('\n'),
      help: 'Planning gets all that it may know as values (facts.observedAt is its time; `questions` asks for more) and returns values.',
    });
  },
};

/** Of a planning half, those that are functions in a table of their own. */
const PARTS = ['snapshots', 'sourceSnapshots', 'volumes'];

/** Its planning functions get frozen copies, and whatever they take from elsewhere is noted. */
function watchedPlanning(planning: ExecutorPlanning, sins: string[]): ExecutorPlanning {
  const watched = (owner: object, path: string): object =>
    Object.fromEntries(
      Object.entries<unknown>(owner as Record<string, unknown>).map(([key, value]) => {
        if (typeof value === 'function') return [key, sinless(value as Planner, owner, `${path}${key}`, sins)];
        return PARTS.includes(key) ? [key, watched(value as object, `${key}.`)] : [key, value];
      }),
    );
  return { ...planning, ...watched(planning, '') };
}

type Planner = (...words: unknown[]) => unknown;

function sinless(plan: Planner, self: object, name: string, sins: string[]): Planner {
  return (...words) => {
    const frozen = words.map((word) => deepFrozen(structuredClone(word)));
    const restore = spyOnSources((what, subject) => {
      sins.push(`${name} used ${what}${subject === '' ? '' : ` (${JSON.stringify(subject)})`}.`);
    });
    try {
      const planned: unknown = Reflect.apply(plan, self, frozen);
      if (planned instanceof Promise) sins.push(`${name} returned a promise. Planning is synchronous.`);
      return planned;
    } catch (error) {
      if (error instanceof TypeError && /read only|extensible|Cannot (?:delete|assign|redefine)/.test(error.message)) {
        sins.push(`${name} changed what it was given: ${error.message}.`);
      }
      throw error;
    } finally {
      restore();
    }
  };
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}

export const sameBytes: Law = {
  name: 'same-bytes',
  says: 'the same facts make the same plan',
  async hold(rehearsal) {
    const { stage } = await rehearsal.begin();
    const facts = await stage.facts();
    const [first, second] = [stage.plan(facts), stage.plan(structuredClone(facts))];
    rehearsal.own(first);
    try {
      deepStrictEqual(second.steps, first.steps);
      strictEqual(JSON.stringify(second), JSON.stringify(first));
    } catch (cause) {
      rehearsal.broken({
        when: 'It planned twice with the same facts.',
        found: 'The second plan differs from the first.',
        help: 'Keep nothing from one call to the next, and take no chance and no clock.',
        cause,
      });
    }
  },
};

export const looksOnly: Law = {
  name: 'looks-only',
  says: 'planning changes nothing in the world',
  async hold(rehearsal) {
    const { stage } = await rehearsal.begin();
    const before = traceOf(stage.root);
    await stage.planned();
    await stage.planned();
    const touched = changes(before, traceOf(stage.root));
    if (touched.length > 0) rehearsal.broken({ when: 'It planned.', found: `Changed: ${touched.join(', ')}` });
  },
};

/** Paths of what changed. */
export function changes(before: readonly string[], after: readonly string[]): string[] {
  const [was, is] = [new Set(before), new Set(after)];
  const lines = [...after.filter((line) => !was.has(line)), ...before.filter((line) => !is.has(line))];
  return [...new Set(lines.map((line) => line.slice(0, line.indexOf('\t'))))];
}

export const described: Law = {
  name: 'described',
  says: 'each of its steps says what it does, why, and with which commands, and is of a kind that it declares',
  async hold(rehearsal) {
    const { plan } = await (await rehearsal.begin()).stage.planned();
    for (const step of rehearsal.own(plan)) {
      const faults = faultsOf(rehearsal, step);
      if (faults.length > 0) rehearsal.broken({ when: `It planned the step ${step.id}.`, found: faults.join('\n') });
    }
  },
};

function faultsOf({ subject }: Rehearsal, step: Step): string[] {
  const { planning } = subject.executor;
  const { name, version, kinds } = planning;
  const words = step.commands.flat();
  const faults = [
    [/\S/.test(step.summary), '`summary` is empty: people read it in the plan.'],
    [/\S/.test(step.reason), '`reason` is empty: people want to know why it is planned.'],
    [kinds.includes(step.kind), `The kind ${step.kind} is none of its \`kinds\` (${kinds.join(', ')}).`],
    [step.executor.name === name && step.executor.version === version, `\`executor\` is not ${name} ${version}.`],
    [step.commands.length > 0, '`commands` is empty: a plan shows what will be run.'],
    [words.every((word) => typeof word === 'string'), '`commands` is no list of lists of texts.'],
    [step.commands.every(([program = '']) => program !== ''), 'A command has no program.'],
  ] as const;
  const found = faults.flatMap(([holds, fault]) => (holds ? [] : [fault]));
  const remade = remake(() => planning.commands(structuredClone(step.params)));
  if (typeof remade === 'string') return [...found, `commands(params) threw: ${remade}`];
  if (JSON.stringify(remade) === JSON.stringify(step.commands)) return found;
  const lists = [
    `  step.commands:    ${step.commands.map(shown).join('; ')}`,
    `  commands(params): ${remade.map(shown).join('; ')}`,
  ];
  return [...found, ['commands(params) does not make the commands that the step shows:', ...lists].join('\n')];
}

/** The commands, or what was thrown. */
function remake(commands: () => string[][]): string[][] | string {
  try {
    return commands();
  } catch (error) {
    return messageOf(error);
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord, StepRecord } from '../../../../src/planner/model/run.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { isExpected, type Step } from '../../../../src/planner/model/step.ts';
import type { StepResult } from '../../../../src/executors/contract.ts';
import { runPlan } from '../../../../src/executors/run/run-plan.ts';
import { done, HeldRun, plan, runInput, step } from './rig.ts';

type Outcome = StepResult['outcome'];

interface Scenario {
  plan: Plan;
  /** What each step will come to, by id. */
  fates: Map<string, Outcome>;
  parallel: number;
  /** Which of the running steps ends next, and when the interruption comes: after so many steps have ended. */
  choices: number[];
  interruptAfter: number | null;
}

const fate = fc.constantFrom<Outcome>('done', 'done', 'done', 'unneeded', 'failed', 'refused');

const node = fc.record({
  fate,
  /** How far back its dependencies are. */
  back: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
  devices: fc.uniqueArray(fc.constantFrom('1', '2', '3'), { maxLength: 2 }),
  role: fc.constantFrom('plain', 'plain', 'plain', 'alarm', 'acquire'),
});

const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    nodes: fc.array(node, { minLength: 1, maxLength: 25 }),
    parallel: fc.integer({ min: 1, max: 5 }),
    choices: fc.array(fc.nat(), { minLength: 1 }),
    interruptAfter: fc.option(fc.nat({ max: 10 })),
  })
  .map(({ nodes, ...rest }) => {
    const steps: Step[] = [];
    const fates = new Map<string, Outcome>();
    for (const [index, { fate: will, back, devices, role }] of nodes.entries()) {
      const id = `${role}-${index}`;
      const dependsOn = back.flatMap((distance) => steps[index - distance]?.id ?? []);
      steps.push(step(id, { dependsOn, devices, runsOn: role === 'alarm' ? 'failure' : 'success' }));
      fates.set(id, will);
    }
    for (const acquirer of steps.filter(({ id }) => id.startsWith('acquire'))) {
      const users = steps.filter(({ dependsOn }) => dependsOn.includes(acquirer.id));
      const release = step(`release-${acquirer.id}`, {
        releases: acquirer.id,
        dependsOn: [acquirer.id, ...users.map(({ id }) => id)],
      });
      steps.push(release);
      fates.set(release.id, 'done');
    }
    return { plan: plan(steps), fates, ...rest };
  });

/** What was so at the moment when a step began. */
interface Moment {
  id: string;
  ended: Map<string, Outcome>;
  alongside: string[];
  interrupted: boolean;
}

async function play(subject: Scenario): Promise<{ moments: Moment[]; record: RunRecord }> {
  const run = new HeldRun(subject.plan, { parallel: subject.parallel });
  const ended = new Map<string, Outcome>();
  const moments: Moment[] = [];
  for (let turn = 0; ; turn += 1) {
    await run.settle();
    for (const id of run.started.slice(moments.length)) {
      const alongside = run.running.filter((other) => other !== id);
      moments.push({ id, ended: new Map(ended), alongside, interrupted: run.interruption.name !== null });
    }
    if (turn === subject.interruptAfter) run.interruption.interrupt('SIGINT');
    const running = run.running;
    if (running.length === 0) break;
    const choice = subject.choices[turn % subject.choices.length] ?? 0;
    const id = running[choice % running.length] ?? '';
    const outcome = subject.fates.get(id) ?? 'done';
    ended.set(id, outcome);
    await run.end(id, { outcome, findings: [] });
  }
  return { moments, record: await run.record };
}

function everyRun(check: (played: Awaited<ReturnType<typeof play>>, subject: Scenario) => void): Promise<void> {
  return fc.assert(
    fc.asyncProperty(scenario, async (subject) => check(await play(subject), subject)),
    { numRuns: 300 },
  );
}

const good = (outcome: string | undefined): boolean => outcome === 'done' || outcome === 'unneeded';

describe('in every run of every plan', () => {
  it('a plain step begins only after all that it depends on has succeeded', () =>
    everyRun(({ moments }, { plan: { steps } }) => {
      for (const { id, ended } of moments) {
        const own = steps.find((each) => each.id === id);
        if (own?.runsOn !== 'success' || own.releases !== undefined) continue;
        expect(own.dependsOn.every((dependency) => good(ended.get(dependency)))).toBe(true);
      }
    }));

  it('a plain step runs unless something that it depends on, directly or not, did not succeed', () =>
    everyRun(({ record }, { plan: { steps }, interruptAfter }) => {
      const byId = new Map(record.steps.map((each) => [each.id, each]));
      if (interruptAfter !== null) return;
      for (const own of steps.filter((each) => each.runsOn === 'success' && each.releases === undefined)) {
        const ran = byId.get(own.id)?.outcome !== 'not-run';
        expect(ran).toBe(own.dependsOn.every((dependency) => good(byId.get(dependency)?.outcome)));
      }
    }));

  it('a step for the case of a failure runs exactly when something failed, or was begun and not brought to its end', () =>
    everyRun(({ record }, { plan: { steps } }) => {
      const outcome = new Map(record.steps.map((each) => [each.id, each.outcome]));
      const expected = new Set(steps.flatMap((each) => (isExpected(each) ? [each.id] : [])));
      for (const alarm of steps.filter((each) => each.runsOn === 'failure')) {
        const watched = alarm.dependsOn.map((id) => ({ id, became: outcome.get(id) ?? 'not-run' }));
        const bad = watched.some(({ became }) => became === 'failed' || became === 'refused');
        const begun = watched.some(({ became }) => became !== 'not-run' && became !== 'unneeded');
        const missing = watched.some(({ id, became }) => expected.has(id) && !good(became));
        expect(outcome.get(alarm.id) !== 'not-run').toBe(bad || (begun && missing));
      }
    }));

  it('what was acquired is released, after all that uses it, and nothing else is', () =>
    everyRun(({ moments, record }, { plan: { steps } }) => {
      const byId = new Map(record.steps.map((each): [string, StepRecord] => [each.id, each]));
      for (const release of steps.filter((each) => each.releases !== undefined)) {
        const acquired = byId.get(release.releases ?? '')?.outcome === 'done';
        expect(byId.get(release.id)?.outcome).toBe(acquired ? 'done' : 'not-run');
        const moment = moments.find(({ id }) => id === release.id);
        const users = release.dependsOn.filter((id) => byId.get(id)?.outcome !== 'not-run');
        if (acquired) expect(users.every((id) => moment?.ended.has(id))).toBe(true);
      }
    }));

  it('no two steps that share a device are at work together, nor more steps than allowed', () =>
    everyRun(({ moments }, { plan: { steps }, parallel }) => {
      const devices = new Map(steps.map((each) => [each.id, each.devices]));
      for (const { id, alongside } of moments) {
        expect(alongside.length).toBeLessThan(parallel);
        const others = new Set(alongside.flatMap((other) => devices.get(other) ?? []));
        expect(devices.get(id)?.filter((device) => others.has(device))).toEqual([]);
      }
    }));

  it('nothing but releases and commands for a failure begins after an interruption', () =>
    everyRun(({ moments }) => {
      const late = moments.filter(({ interrupted }) => interrupted).map(({ id }) => id);
      expect(late.filter((id) => !/^(?:release|alarm)-/.test(id))).toEqual([]);
    }));

  it('each step has one record, and one that did not run says why', () =>
    everyRun(({ record }, { plan: { steps } }) => {
      expect(record.steps.map(({ id }) => id)).toEqual(steps.map(({ id }) => id));
      for (const { outcome, reason } of record.steps) expect(reason !== undefined).toBe(outcome === 'not-run');
    }));
});

describe('a plan of 20,000 steps', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => index);

  it('runs when each step waits for the one before', async () => {
    const chain = many.map((index) => step(`s${index}`, { dependsOn: index === 0 ? [] : [`s${index - 1}`] }));
    const record = await runPlan(runInput(plan(chain), () => Promise.resolve(done)));
    expect(record.steps.every(({ outcome }) => outcome === 'done')).toBe(true);
  });

  it('is given up step by step when the first of such a chain fails', async () => {
    const chain = many.map((index) => step(`s${index}`, { dependsOn: index === 0 ? [] : [`s${index - 1}`] }));
    const record = await runPlan(runInput(plan(chain), () => Promise.resolve({ outcome: 'failed', findings: [] })));
    expect(record.steps.filter(({ outcome }) => outcome === 'not-run')).toHaveLength(19_999);
  });

  it('looks at few steps for each that ends when all wait for one device', async () => {
    let looks = 0;
    const crowd = many.map((index) => {
      const each = step(`s${index}`);
      return Object.defineProperty(each, 'devices', { get: () => ((looks += 1), ['1']) });
    });
    const record = await runPlan(runInput(plan(crowd), () => Promise.resolve(done)));
    expect(record.exitCode).toBe(0);
    expect(looks).toBeLessThan(10 * many.length);
  });
});

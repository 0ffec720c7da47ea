import { Interruption } from '../../executors/run/run-plan.ts';
import type { RunRecord } from '../../planner/model/run.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Law } from '../law.ts';
import { failing, recording } from '../recorder.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { runsAnyway } from './surviving.ts';

export const released: Law = {
  name: 'released',
  says: 'what a step of it acquires is released by another, after failures and interruptions too',
  async hold(rehearsal) {
    const { planned } = await rehearsal.undisturbed();
    const own = rehearsal.own(planned.plan);
    for (const { id } of own.filter(({ action }) => action === 'acquire')) {
      if (planned.plan.steps.some(({ releases }) => releases === id)) continue;
      rehearsal.broken({
        found: `The step ${id} has the action "acquire", and no step has \`releases: "${id}"\`.`,
        help: 'A step that `releases` it runs whenever it ran, whatever failed.',
      });
    }
    for (const release of own.filter(({ releases }) => releases !== undefined)) {
      await afterAFailure(rehearsal, release);
      await afterAnInterruption(rehearsal, release);
    }
  },
};

async function afterAFailure(rehearsal: Rehearsal, release: Step): Promise<void> {
  const scene = await rehearsal.begin();
  const planned = await scene.stage.planned();
  const transport = failing(scene.recorder, ({ started }) => isBetween(started.step, release, planned.plan.steps));
  const record = await rehearsal.run(scene, planned, { transport });
  const when = `All commands between ${release.releases ?? ''} and ${release.id} failed.`;
  expectReleased(rehearsal, record, release, when);
  await rehearsal.recovers(scene, when);
}

async function afterAnInterruption(rehearsal: Rehearsal, release: Step): Promise<void> {
  const scene = await rehearsal.begin();
  const planned = await scene.stage.planned();
  const interruption = new Interruption();
  const transport = recording(scene.recorder, ({ started, run }) => {
    const running = run();
    if (isBetween(started.step, release, planned.plan.steps)) interruption.interrupt('SIGTERM');
    return running;
  });
  const record = await rehearsal.run(scene, planned, { transport, interruption });
  const when = `The run was interrupted between ${release.releases ?? ''} and ${release.id}.`;
  expectReleased(rehearsal, record, release, when);
  await rehearsal.recovers(scene, when);
}

/** A step that waits, directly or not, for what the release releases. */
function isBetween(id: string, release: Step, steps: readonly Step[]): boolean {
  if (runsAnyway({ steps }, id)) return false;
  const awaited = new Set([id]);
  for (const step of steps.toReversed()) {
    if (awaited.has(step.id)) for (const each of step.dependsOn) awaited.add(each);
  }
  return id !== release.releases && awaited.has(release.releases ?? '');
}

function expectReleased(rehearsal: Rehearsal, record: RunRecord, { id }: Step, when: string): void {
  const ended = record.steps.find((step) => step.id === id);
  if (ended?.outcome === 'done' || ended?.outcome === 'unneeded') return;
  const said = (ended?.findings ?? []).map(({ code, message }) => `${code}: ${message}`);
  const found = [`${id} ended as "${ended?.outcome ?? 'not run'}". ${ended?.reason ?? ''}`.trimEnd(), ...said];
  rehearsal.broken({
    when,
    found: found.join('\n'),
    help: 'A release finds whatever the steps before it left: half of their work, or none.',
  });
}

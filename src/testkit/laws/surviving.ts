import { setTimeout as sleep } from 'node:timers/promises';
import { Interruption } from '../../executors/run-plan.ts';
import type { Step } from '../../planner/model/step.ts';
import type { RunRecord } from '../../planner/model/run.ts';
import type { Law } from '../law.ts';
import { dying, failing, recording, type Moment, type Started } from '../recorder.ts';
import { inEach, type Rehearsal, type Scene } from '../rehearsal.ts';
import type { Planned } from '../stage.ts';

export const killedBefore = killed('before', 'nothing is lost when nbkp is killed before any of its commands');
export const killedDuring = killed(
  'during',
  'nothing is lost when nbkp and the command are killed in the middle of it',
);
export const killedAfter = killed('after', 'nothing is lost when nbkp is killed right after its last command');

function killed(moment: Moment, says: string): Law {
  return {
    name: `killed-${moment}`,
    says: `${says}, and the next run does what had to be done`,
    async hold(rehearsal) {
      const commands = await rehearsal.commands();
      // After one command is before the next, but for the last.
      await inEach(commands, async (command, number) => {
        if (moment === 'after' && number < commands.length - 1) return;
        const scene = await rehearsal.begin();
        const planned = await scene.stage.planned();
        const transport = dying(scene.recorder, number, moment, (command.tookMs ?? 0) / 2);
        const record = await rehearsal.run(scene, planned, { transport });
        const when = `nbkp was killed ${moment} ${number + 1} of ${commands.length}: ${rehearsal.described(command, planned.plan)}`;
        expectNoSuccess(rehearsal, record, command, when);
        await rehearsal.recovers(scene, when);
      });
    },
  };
}

/** Where `context.run` throws. */
function expectNoSuccess(rehearsal: Rehearsal, record: RunRecord, { step }: Started, when: string): void {
  const outcome = record.steps.find(({ id }) => id === step)?.outcome;
  if (outcome !== 'done' && outcome !== 'unneeded') return;
  rehearsal.broken({
    when,
    found: `The step ${step} ended as "${outcome}".`,
    help: 'What `context.run` throws is a bug or the end of nbkp: do not catch it.',
  });
}

export const failed: Law = {
  name: 'failed',
  says: 'when a command fails nothing is lost, the run is called a success only if it is one, and the next run does what had to be done',
  async hold(rehearsal) {
    const commands = await rehearsal.commands();
    await inEach(commands, async (command, at) => {
      const scene = await rehearsal.begin();
      const planned = await scene.stage.planned();
      const transport = failing(scene.recorder, ({ number }) => number === at);
      const record = await rehearsal.run(scene, planned, { transport });
      const when = `Command ${at + 1} of ${commands.length} ended with exit code 1 and did nothing: ${rehearsal.described(command, planned.plan)}`;
      if (record.exitCode === 0) await rehearsal.finished(scene.judge, `${when}\nThe run was called a success.`);
      await rehearsal.recovers(scene, when);
    });
  },
};

/** Milliseconds in which a run ends that was cancelled. */
const SOON_MS = 10_000;

export const cancelled: Law = {
  name: 'cancelled',
  says: 'it ends soon when it is cancelled, starts nothing more but releases, leaves no process behind, and nothing is lost',
  async hold(rehearsal) {
    const commands = await rehearsal.commands();
    const firsts = commands.flatMap(({ step }, at) => (commands[at - 1]?.step === step ? [] : [at]));
    await inEach(firsts, async (at) => {
      const scene = await rehearsal.begin();
      const { plan, facts } = await scene.stage.planned();
      const [command] = commands.slice(at);
      const when = `It was cancelled (SIGTERM) as soon as this ran: ${command === undefined ? '' : rehearsal.described(command, plan)}`;
      const record = await cancel(rehearsal, scene, { plan, facts }, at, when);
      if (record.exitCode !== 143) {
        rehearsal.broken({
          when,
          found: `The run ended with exit code ${record.exitCode ?? '?'}, not as interrupted.`,
        });
      }
      const more = scene.recorder.own.slice(at + 1).filter(({ step }) => !isRelease(plan, step));
      if (more.length > 0) {
        const list = more.map((each) => rehearsal.described(each, plan)).join('\n');
        rehearsal.broken({
          when,
          found: `It started more commands:\n${list}`,
          help: 'Look at `context.signal.aborted`.',
        });
      }
      await rehearsal.recovers(scene, when);
    });
  },
};

async function cancel(
  rehearsal: Rehearsal,
  scene: Scene,
  planned: Planned,
  at: number,
  when: string,
): Promise<RunRecord> {
  const interruption = new Interruption();
  const over = new AbortController();
  const transport = recording(scene.recorder, ({ number, run }) => {
    const running = run();
    if (number === at) interruption.interrupt('SIGTERM');
    return running;
  });
  const tooLate = async (): Promise<null> => {
    await sleep(SOON_MS, undefined, { signal: over.signal }).catch(() => undefined);
    return null;
  };
  const record = await Promise.race([rehearsal.run(scene, planned, { transport, interruption }), tooLate()]);
  over.abort();
  if (record !== null) return record;
  transport.killAll();
  return rehearsal.broken({
    when,
    found: `It had not ended after ${SOON_MS / 1000} s.`,
    help: 'Its commands get SIGTERM by themselves; do not wait for anything else once `context.signal` is aborted.',
  });
}

export function isRelease({ steps }: { steps: readonly Step[] }, step: string): boolean {
  return steps.find(({ id }) => id === step)?.releases !== undefined;
}

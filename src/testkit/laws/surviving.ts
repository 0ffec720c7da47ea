import { setTimeout as sleep } from 'node:timers/promises';
import { Interruption } from '../../executors/run/run-plan.ts';
import { alwaysRuns, putsRight, type Step } from '../../planner/model/step.ts';
import { hasErrors } from '../../planner/model/finding.ts';
import type { RunRecord, StepRecord } from '../../planner/model/run.ts';
import { shown } from '../failure.ts';
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
        const transport = dying(scene.recorder, number, moment, half(command));
        const record = await rehearsal.run(scene, planned, { transport });
        const what = rehearsal.command(scene, planned, number);
        const when = `nbkp was killed ${moment} command ${number + 1} of ${commands.length}: ${what}`;
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
  says: 'when a command fails its step says why or is done all the same, nothing is lost, and the next run does what had to be done',
  async hold(rehearsal) {
    const commands = await rehearsal.commands();
    await inEach(commands, async (_, at) => {
      const scene = await rehearsal.begin();
      const planned = await scene.stage.planned();
      const transport = failing(scene.recorder, ({ number }) => number === at);
      const record = await rehearsal.run(scene, planned, { transport });
      const what = rehearsal.command(scene, planned, at);
      const when = `Command ${at + 1} of ${commands.length} ended with exit code 1 and did nothing: ${what}`;
      const ended = record.steps.find(({ id }) => id === scene.recorder.own[at]?.step);
      if (ended?.outcome === 'done' || ended?.outcome === 'unneeded') {
        await rehearsal.finished(scene.judge, `${when}\nIts step ended as "${ended.outcome}".`);
      } else if (ended !== undefined) {
        expectReason(rehearsal, ended, when);
      }
      await rehearsal.recovers(scene, when);
    });
  },
};

/** What the command alone is to blame for must not be laid upon a drive or another program. */
const BLAMES = ['drive-gone', 'plan-stale'];

/** A failure is a result with an error for people, and with the right one. */
function expectReason(rehearsal: Rehearsal, { id, findings, log }: StepRecord, when: string): void {
  const thrown = findings.find(({ code }) => code === 'internal-error');
  if (thrown !== undefined) {
    const help = 'A failure is a result: `{ outcome: "failed", findings: [...] }`.';
    const stack = log.slice(log.findLastIndex((line) => !line.startsWith('    at ')));
    rehearsal.broken({ when, found: `apply threw in ${id}.\n${stack.slice(0, 4).join('\n')}`, help });
  }
  const blamed = findings.find(({ code }) => BLAMES.includes(code));
  if (blamed !== undefined) {
    const help = 'A precondition that the step itself makes untrue says `onlyBefore: true`.';
    rehearsal.broken({
      when,
      found: `${id} says ${blamed.code}, and nothing else has changed: ${blamed.message}`,
      help,
    });
  }
  if (hasErrors(findings)) return;
  rehearsal.broken({ when, found: `${id} failed without a finding of severity "error", so that nobody is told why.` });
}

/** Milliseconds in which a run ends that was cancelled, on a busy machine too. */
const SOON_MS = 30_000;

export const cancelled: Law = {
  name: 'cancelled',
  says: 'it ends soon when it is cancelled, starts nothing more but what always runs or answers a failure, leaves no process behind, and nothing is lost',
  async hold(rehearsal) {
    const commands = await rehearsal.commands();
    const firsts = commands.flatMap(({ step }, at) => (commands[at - 1]?.step === step ? [] : [at]));
    await inEach(firsts, async (at) => {
      const scene = await rehearsal.begin();
      const planned = await scene.stage.planned();
      const { record, startedBefore } = await cancel(rehearsal, scene, planned, { at, halfMs: half(commands[at]) });
      const when = cancelledAt(rehearsal, scene, planned, at);
      if (record.exitCode !== 143) {
        rehearsal.broken({
          when,
          found: `The run ended with exit code ${record.exitCode ?? '?'}, not as interrupted.`,
        });
      }
      const more = scene.recorder.own.slice(startedBefore).filter(({ step }) => !mayStart(planned.plan, step));
      if (more.length > 0) {
        const list = more.map(({ step, argv }) => `${shown(argv)} (of ${step})`).join('\n');
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
  { at, halfMs }: { at: number; halfMs: number },
): Promise<{ record: RunRecord; startedBefore: number }> {
  const interruption = new Interruption();
  const over = new AbortController();
  let startedBefore = 0;
  const transport = recording(scene.recorder, async ({ number, run }) => {
    const running = run();
    if (number !== at) return running;
    await Promise.race([running, sleep(halfMs)]);
    startedBefore = scene.recorder.own.length;
    interruption.interrupt('SIGTERM');
    return running;
  });
  const tooLate = sleep(SOON_MS, null, { signal: over.signal }).catch(() => null);
  const record = await Promise.race([rehearsal.run(scene, planned, { transport, interruption }), tooLate]);
  over.abort();
  if (record !== null) return { record, startedBefore };
  transport.killAll();
  return rehearsal.broken({
    when: cancelledAt(rehearsal, scene, planned, at),
    found: `It had not ended after ${SOON_MS / 1000} s.`,
    help: 'Its commands get SIGTERM by themselves; do not wait for anything else once `context.signal` is aborted.',
  });
}

function cancelledAt(rehearsal: Rehearsal, scene: Scene, planned: Planned, at: number): string {
  return `It was cancelled (SIGTERM) while this ran: ${rehearsal.command(scene, planned, at)}`;
}

/** Milliseconds until the middle of a command. */
function half(command: Started | undefined): number {
  return (command?.tookMs ?? 0) / 2;
}

/** After a run was cancelled. */
function mayStart({ steps }: { steps: readonly Step[] }, id: string): boolean {
  return steps.some((step) => step.id === id && putsRight(step));
}

/** Whatever becomes of the run. */
export function runsAnyway({ steps }: { steps: readonly Step[] }, id: string): boolean {
  return steps.some((step) => step.id === id && alwaysRuns(step));
}

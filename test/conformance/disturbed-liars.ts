import { goneMeanwhile } from '../../src/executors/kinds/command/gone-meanwhile.ts';
import type { Precondition, Step } from '../../src/planner/model/step.ts';
import { applying, DONE, type Liar, planning, runAll, transferring } from './lying.ts';
import { shelf } from './shelf.ts';

const NO_SNAPSHOTS: Precondition = {
  fact: '/endpoints/usb:docs/snapshots',
  check: 'equals',
  value: null,
  description: 'what is in snapshots/',
};

/** Each goes wrong when its run is killed, cancelled or has a command that fails. */
export const DISTURBED_LIARS: readonly Liar[] = [
  {
    law: 'killed-before',
    does: 'removes the old copy before it has the new one',
    executor: transferring([
      ['rm', '-f', 'TO'],
      ['cp', '-a', 'FROM', 'TO'],
    ]),
    says: /killed before command 3 of 4: cp -a .* \(command 2 of 2 of transfer:docs\)[^]*`sound` of the world fails[^]*ENOENT/,
  },
  {
    law: 'killed-during',
    does: 'has a command that is half done for a while',
    executor: transferring([['sh', '-c', ': > "$1"; sleep 2; cat "$0" > "$1"', 'FROM', 'TO']]),
    says: /killed during command 2 of 3: sh -c[^]*`sound` of the world fails/,
  },
  {
    law: 'killed-after',
    does: 'takes the kill for a failure and the failure for a success',
    executor: {
      ...shelf,
      apply: (step, context) =>
        step.kind === 'let-go' ? runAll(step, context).catch(() => DONE) : shelf.apply(step, context),
    },
    says: /killed after command 4 of 4: rm -rf[^]*let-go:docs ended as "done"[^]*do not catch/,
  },
  {
    law: 'failed',
    does: 'does not look at exit codes',
    executor: applying(runAll),
    says: /Command 2 of 4 ended with exit code 1[^]*step ended as "done"[^]*`finished` of the world fails/,
  },
  {
    law: 'failed',
    does: 'throws when a command fails',
    executor: applying(async (step, context) => {
      const { outcome } = await shelf.apply(step, context);
      if (outcome === 'failed') throw new Error('cannot go on');
      return DONE;
    }),
    says: /exit code 1[^]*apply threw in transfer:docs[^]*cannot go on[^]*A failure is a result/,
  },
  {
    law: 'failed',
    does: 'fails and does not say why',
    executor: applying(async (step, context) => ({ ...(await shelf.apply(step, context)), findings: [] })),
    says: /transfer:docs failed without a finding/,
  },
  {
    law: 'failed',
    does: 'takes for another what it has changed itself',
    executor: {
      ...transferring(
        [
          ['sh', '-c', 'mkdir -p "${0%/*}/snapshots"', 'TO'],
          ['cp', '-a', 'FROM', 'TO'],
        ],
        { preconditions: [NO_SNAPSHOTS] },
      ),
      apply: async (step, context) => {
        const ended = await shelf.apply(step, context);
        const gone = ended.outcome === 'failed' ? await goneMeanwhile(step, context) : [];
        return { ...ended, findings: [...gone, ...ended.findings] };
      },
    },
    says: /transfer:docs says plan-stale[^]*onlyBefore/,
  },
  {
    law: 'cancelled',
    does: 'leaves a process behind',
    executor: transferring([
      ['sh', '-c', 'setsid sh -c "sleep 60; : $1" > /dev/null 2>&1 & sleep 0.4; cp -a "$0" "$1"', 'FROM', 'TO'],
    ]),
    says: /cancelled \(SIGTERM\) while this ran: sh -c[^]*Processes are left:[^]*sleep 60/,
  },
  {
    law: 'cancelled',
    does: 'does not end',
    executor: applying(async (step, context) => {
      const ended = await shelf.apply(step, context);
      return ended.outcome === 'interrupted' ? new Promise(() => undefined) : ended;
    }),
    says: /cancelled \(SIGTERM\) while this ran: cp -a[^]*had not ended after 30 s/,
  },
  {
    law: 'released',
    does: 'acquires what nothing releases',
    executor: planning((steps) => steps.map((step) => ({ ...step, releases: undefined })) as unknown as Step[]),
    says: /hold:docs has the action "acquire"/,
  },
  {
    law: 'released',
    does: 'cannot release what a failure left',
    executor: planning((steps, { destination: { path } }) =>
      steps.map((step) => {
        const commands = [['sh', '-c', 'test "$(cat "$0/letter")" = new && rm -r "$0/.shelf"', path]];
        return step.kind === 'let-go' ? { ...step, commands, params: { commands } } : step;
      }),
    ),
    says: /All commands between hold:docs and let-go:docs failed[^]*let-go:docs ended as "failed"/,
  },
];

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Executor } from '../../src/executors/contract.ts';
import { goneMeanwhile } from '../../src/executors/still-there.ts';
import type { Precondition, Step } from '../../src/planner/model/step.ts';
import type { World } from '../../src/testkit/index.ts';
import { desk } from './desk.ts';
import { applying, asking, DONE, hearing, planning, runAll, transferring } from './lying.ts';
import { shelf } from './shelf.ts';

/** An executor that breaks a law on purpose. Nothing else is wrong with it. */
export interface Liar {
  law: string;
  does: string;
  executor: Executor;
  world?: World;
  /** What its failure has to tell. */
  says: RegExp;
}

let plans = 0;

const NO_SNAPSHOTS: Precondition = {
  fact: '/endpoints/usb:docs/snapshots',
  check: 'equals',
  value: null,
  description: 'what is in snapshots/',
};

const PLANNING: Liar[] = [
  {
    law: 'declared',
    does: 'has no version',
    executor: { ...shelf, planning: { ...shelf.planning, version: 'newest' } },
    says: /`planning\.version` is "newest"/,
  },
  {
    law: 'declared',
    does: 'has a schema that is none',
    executor: { ...shelf, planning: { ...shelf.planning, settings: { sync: { type: 'object', properties: 7 } } } },
    says: /`planning\.settings` has a schema that is none: .*properties/,
  },
  {
    law: 'pure',
    does: 'reads the clock',
    executor: planning((steps) => steps.map((step) => ({ ...step, reason: `at ${Date.now()}` }))),
    says: /planTransfer used Date\.now/,
  },
  {
    law: 'pure',
    does: 'looks at the environment',
    executor: planning((steps) => (process.env['SHELF'] === 'off' ? [] : steps)),
    says: /planTransfer used process\.env\.SHELF/,
  },
  {
    law: 'pure',
    does: 'reads a file',
    executor: planning((steps) => (readFileSync('/proc/version').length === 0 ? [] : steps)),
    says: /planTransfer used fs\.readFileSync \("\/proc\/version"\)/,
  },
  {
    law: 'pure',
    does: 'changes the facts that it is given',
    executor: planning((steps, { facts }) => {
      facts.history = {};
      return steps;
    }),
    says: /planTransfer changed what it was given: .*'history'/,
  },
  {
    law: 'same-bytes',
    does: 'counts its plans',
    executor: planning((steps) => {
      plans += 1;
      return steps.map((step) => ({ ...step, summary: `plan ${plans}` }));
    }),
    says: /second plan differs[^]*plan \d/,
  },
  {
    law: 'looks-only',
    does: 'makes a file while it plans',
    executor: planning((steps, { destination }) => {
      writeFileSync(`${destination.path}/planned`, '');
      return steps;
    }),
    says: /Changed: .*\/usb\/docs\/planned/,
  },
  {
    law: 'looks-only',
    does: 'asks a question that changes something',
    executor: asking(({ facts }) => ['touch', `${facts.endpoints['usb:docs']?.path ?? ''}/asked`]),
    says: /Changed: .*\/usb\/docs\/asked/,
  },
  {
    law: 'pure',
    does: 'takes chance for a question',
    executor: asking(() => ['echo', String(Math.random())]),
    says: /questions used Math\.random/,
  },
  {
    law: 'described',
    does: 'gives no reason',
    executor: planning((steps) => steps.map((step) => ({ ...step, reason: '' }))),
    says: /hold:docs[^]*`reason` is empty/,
  },
  {
    law: 'described',
    does: 'plans a kind that it does not declare',
    executor: planning((steps) => steps.map((step) => ({ ...step, kind: 'surprise' }))),
    says: /kind surprise is none of its `kinds` \(hold, transfer, let-go\)/,
  },
  {
    law: 'described',
    does: 'shows commands that it would not run',
    executor: planning((steps) => steps.map((step) => ({ ...step, commands: [['true']] }))),
    says: /step\.commands: {4}true\n.*commands\(params\): mkdir -p/,
  },
];

const RUNNING: Liar[] = [
  {
    law: 'finished',
    does: 'does nothing and says that it is done',
    executor: applying(() => Promise.resolve(DONE)),
    says: /`finished` of the world fails[^]*'old'/,
  },
  {
    law: 'finished',
    does: 'plans the same again and again without a need',
    executor: shelf,
    world: { ...desk, recurring: ['hold', 'let-go'] },
    says: /transfer:docs \(kind transfer\): transfer the letter[^]*`recurring`/,
  },
  {
    law: 'shown',
    does: 'runs something that its plan does not show',
    executor: applying(async (step, context) => {
      await context.run(['touch', '/tmp/not-shown']);
      return runAll(step, context);
    }),
    says: /transfer:docs ran[^]*wanted to run touch \/tmp\/not-shown\n.*plan shows: cp -a/,
  },
  {
    law: 'by-transport',
    does: 'starts a process by itself',
    executor: applying((step, context) => {
      execFileSync('true');
      return shelf.apply(step, context);
    }),
    says: /transfer:docs called child_process\.execFileSync\("true"\)/,
  },
  {
    law: 'by-transport',
    does: 'writes a file by itself',
    executor: applying(async (step, context) => {
      const ended = await shelf.apply(step, context);
      writeFileSync(step.commands[1]?.[3] ?? '', 'new');
      return ended;
    }),
    says: /transfer:docs called fs\.writeFileSync\(".*\/usb\/docs\/letter"\)/,
  },
  {
    law: 'changed-plan',
    does: 'makes its commands without looking at the params',
    executor: (() => {
      const planned = new Map<string, string[][]>();
      const liar = planning((steps) => {
        for (const { commands } of steps) planned.set(JSON.stringify({ commands }), commands);
        return steps;
      });
      const last = (): string[][] => [...planned.values()][0] ?? [];
      const commands = (params: unknown): string[][] => planned.get(JSON.stringify(params)) ?? last();
      return { ...liar, planning: { ...liar.planning, commands } };
    })(),
    says: /of hold:docs its params became null[^]*run all the same[^]*throw for params/,
  },
  {
    law: 'facts',
    does: 'says of no fact that it relies on it',
    executor: planning((steps) => steps.map((step) => ({ ...step, preconditions: [] }))),
    says: /None of its steps has a precondition/,
  },
];

const DISTURBED: Liar[] = [
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
    executor: transferring([['sh', '-c', ': > "$1"; sleep 0.4; cat "$0" > "$1"', 'FROM', 'TO']]),
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
      ['sh', '-c', 'setsid sh -c "sleep 3; : $1" > /dev/null 2>&1 & sleep 0.4; cp -a "$0" "$1"', 'FROM', 'TO'],
    ]),
    says: /cancelled \(SIGTERM\) while this ran: sh -c[^]*Processes are left:[^]*sleep 3/,
  },
  {
    law: 'cancelled',
    does: 'does not end',
    executor: applying(async (step, context) => {
      const ended = await shelf.apply(step, context);
      return ended.outcome === 'interrupted' ? new Promise(() => undefined) : ended;
    }),
    says: /cancelled \(SIGTERM\) while this ran: cp -a[^]*had not ended after 10 s/,
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

const LEAKING: Liar[] = [
  {
    law: 'secrets',
    does: 'puts a passphrase into a finding',
    executor: hearing((heard) =>
      Promise.resolve({ outcome: 'done', findings: [{ severity: 'info', code: 'heard', message: `It is ${heard}.` }] }),
    ),
    says: /in an event: .*"heard"[^]*in the result of transfer:docs[^]*in the record[^]*in the file .*journal/,
  },
  {
    law: 'secrets',
    does: 'tells a passphrase as its progress',
    executor: hearing((heard, context) => {
      const progress = { bytes: 0, percent: 0, rate: 0, remainingMs: null, files: 0, toCheck: null };
      context.progress({ ...progress, ...{ note: heard } });
      return Promise.resolve(DONE);
    }),
    says: /in an event: .*"step-progress"/,
  },
  {
    law: 'secrets',
    does: 'puts a passphrase into a command line and a value',
    executor: hearing(async (heard, context) => {
      await context.run(['ls', `/${heard}`]);
      return { ...DONE, values: { '{mount:usb}': `/${heard}` } };
    }),
    says: /in a command line: ls[^]*in the result of transfer:docs/,
  },
];

export const LIARS: readonly Liar[] = [...PLANNING, ...RUNNING, ...DISTURBED, ...LEAKING];

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Executor } from '../../src/executors/contract.ts';
import type { Step } from '../../src/planner/model/step.ts';
import { desk, library } from './desk.ts';
import { DISTURBED_LIARS } from './disturbed-liars.ts';
import { KEEPING_LIARS } from './keeping-liars.ts';
import { applying, asking, DONE, hearing, planning, type Liar, runAll, transferring } from './lying.ts';
import { shelf } from './shelf.ts';

declare module 'nbkp/executor' {
  interface PluginNames {
    liar: unknown;
  }
}

let plans = 0;

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

const LEAKING: Liar[] = [
  {
    law: 'secrets',
    does: 'puts a passphrase into a finding',
    executor: hearing((heard) =>
      Promise.resolve({
        outcome: 'done',
        findings: [{ severity: 'info', code: 'liar-heard', message: `It is ${heard}.` }],
      }),
    ),
    says: /in an event: .*"liar-heard"[^]*in the result of transfer:docs[^]*in the record[^]*in the file .*journal/,
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

/** `shelf`, of the second version, which makes the copy what the source is. */
const follower = (more: Partial<Step>): Executor => ({
  ...transferring([['rsync', '-a', '--delete', 'FROM', 'TO']], more),
  apiVersion: 2,
});

const LOSING: Liar[] = [
  {
    law: 'judged',
    does: 'follows the source without a limit',
    executor: follower({}),
    world: library,
    says: /gone from the copy too[^]*`deleteLimit`/,
  },
  {
    law: 'judged',
    does: 'says how much it may delete and does not ask',
    executor: follower({ deleteLimit: { percent: 25, files: null } }),
    world: library,
    says: /gone from the copy too/,
  },
  {
    law: 'judged',
    does: 'says how much it may delete, in a world where nobody tries it',
    executor: follower({ deleteLimit: { percent: 25, files: null } }),
    says: /the world has no `lose`/,
  },
];

export const LIARS: readonly Liar[] = [
  ...[...PLANNING, ...RUNNING, ...DISTURBED_LIARS, ...LEAKING],
  ...[...LOSING, ...KEEPING_LIARS],
];

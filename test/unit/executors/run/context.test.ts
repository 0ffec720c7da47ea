import { describe, expect, it } from 'vitest';
import type { StepContext, StepResult } from '../../../../src/executors/contract.ts';
import { runPlan, type RunInput } from '../../../../src/executors/run/run-plan.ts';
import type { ProcessResult, RunOptions } from '../../../../src/hosts/transport/transport.ts';
import type { RunEvent, TransferProgress } from '../../../../src/planner/model/event.ts';
import { failure, success } from '../../../../src/planner/model/result.ts';
import type { RunRecord } from '../../../../src/planner/model/run.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import type { DriveBook } from '../../../../src/store/drive-notes.ts';
import { done, facts, finding, plan, replans, runInput, step, worldOn } from './rig.ts';

const DONE: ProcessResult = {
  ...{ code: 0, signal: null, error: null, timedOut: false, stdout: Buffer.of(), stderr: [] },
};

interface Ran {
  host: string;
  argv: readonly string[];
  options: RunOptions;
}

/** Runs one step. What it starts is only written down: it is about what is asked for, not what becomes of it. */
async function within(
  own: Partial<Step>,
  use: (context: StepContext) => unknown,
  more: Partial<RunInput> = {},
): Promise<{ ran: Ran[]; record: RunRecord; events: RunEvent[] }> {
  const ran: Ran[] = [];
  const events: RunEvent[] = [];
  const run = (host: string, argv: readonly string[], options: RunOptions = {}): Promise<ProcessResult> => {
    ran.push({ host, argv, options });
    return Promise.resolve(DONE);
  };
  const world = { ...worldOn(), run };
  const apply = async (_: Step, context: StepContext): Promise<StepResult> => {
    await use(context);
    return done;
  };
  const emit = (event: RunEvent): void => void events.push(event);
  const record = await runPlan(runInput(plan([step('a', own)]), apply, { world, emit, ...more }));
  return { ran, record, events };
}

const problem = ({ steps }: RunRecord): string | undefined => steps[0]?.findings[0]?.message;

describe('a command of a step', () => {
  const shown = { host: 'pi', commands: [['true']] };

  it('runs on its host, as long as it may and as the step wants', async () => {
    const onStdout = (): void => undefined;
    const { ran } = await within(shown, (context) => context.run(['true'], { timeoutMs: 7, onStdout }));
    expect(ran).toMatchObject([{ host: 'pi', argv: ['true'], options: { timeoutMs: 7, onStdout, locks: [] } }]);
    expect(ran[0]?.options.signal?.aborted).toBe(false);
  });

  it('has no limit, no input and nobody for its output where the step does not say so', async () => {
    const { ran } = await within(shown, (context) => context.run(['true']));
    for (const key of ['timeoutMs', 'onStdout', 'stdin']) expect(ran[0]?.options).not.toHaveProperty(key);
  });

  it.each([
    ['of the user', 'command', 'rsync', true],
    ['of an executor from elsewhere', 'transfer', 'test', true],
    ['of nbkp', 'transfer', 'rsync', false],
  ])('%s may share a connection: %s by %s', async (_, kind, name, alone) => {
    const executor = { name, version: '1.0.0' };
    const own = runInput(plan([]), () => Promise.resolve(done)).executor('test');
    const ran: boolean[] = [];
    const world = {
      ...worldOn(),
      run: (_host: string, _argv: readonly string[], options: RunOptions = {}) => {
        ran.push(options.alone === true);
        return Promise.resolve(DONE);
      },
    };
    const apply = async (_: Step, context: StepContext): Promise<StepResult> => {
      await context.run(['true']);
      return done;
    };
    await runPlan(
      runInput(plan([step('a', { kind, executor, commands: [['true']] })]), apply, {
        ...{ world, executor: () => own && { ...own, apply } },
      }),
    );
    expect(ran).toEqual([alone]);
  });
});

describe('what a step asks', () => {
  it('is asked where it runs, and ends with it', async () => {
    const { ran } = await within({ host: 'pi' }, async ({ query }) => {
      await query.countEntries('/a');
      await query.countUnshared('/b');
      await query.lossSince({ before: '/c', now: '/d' });
      await query.holders('/e');
    });
    expect(new Set(ran.map(({ host }) => host))).toEqual(new Set(['pi']));
    const words = ran.map(({ argv }) => argv.join(' '));
    expect(words.slice(0, 2)).toEqual(['find /a -mindepth 1 -print0', 'find /b -type f -links 1 -print0']);
    expect(words[2]).toContain('find /d');
    expect(words.at(-1)).toContain('/e');
    expect(ran[0]?.options.signal).toBeDefined();
  });

  it('may be a dry run of rsync, with what is known, and of nothing else', async () => {
    const values = { '{mount:usb}': '/media/usb' };
    const rehearse =
      (...argv: string[]) =>
      ({ query }: StepContext) =>
        query.rehearse(argv, {});
    const { ran, record } = await within({}, rehearse('rsync', '--dry-run', '{mount:usb}/a'), { values });
    expect(ran.map(({ argv }) => argv)).toEqual([['rsync', '--dry-run', '/media/usb/a']]);
    expect(record.exitCode).toBe(0);
    for (const argv of [
      ['rsync', '-a', '/a', '/b'],
      ['rm', '--dry-run', '/b'],
    ]) {
      const refused = await within({}, rehearse(...argv));
      expect(refused.ran).toEqual([]);
      expect(problem(refused.record)).toContain(`a takes for a dry run what is none: ${argv.join(' ')}`);
    }
  });

  it('may be looked at anew, and be what runs have opened of drives', async () => {
    const drives = { others: () => ['r1'] } as unknown as DriveBook;
    const seen: unknown[] = [];
    const look = async (context: StepContext): Promise<void> => {
      seen.push(await context.query.observe(), context.drives, context.facts, context.now());
    };
    const replanning = replans({ observeStep: () => Promise.resolve({ ...facts, basis: 'none' }) });
    await within({}, look, { drives, replanning, now: () => 5 });
    expect(seen).toEqual([{ ...facts, basis: 'none' }, drives, facts, 5]);
    const { record } = await within({}, ({ drives: book }) => book);
    expect(problem(record)).toContain('nobody keeps a book of the drives');
  });

  it('is which snapshots the plan lets go later: none where it prunes nothing', async () => {
    const told: unknown[] = [];
    await within({ sync: 's' }, async ({ query }) => told.push(await query.prunable()));
    expect(told).toEqual([{ snapshots: [], bytes: null }]);
  });
});

describe('a passphrase', () => {
  const own = { secrets: ['usb'], commands: [['unlock']] };

  it('that is not at hand says why, and is nothing where it is used all the same', async () => {
    const missing = failure(finding('passphrase-missing'));
    const told: unknown[] = [];
    const { ran } = await within(
      own,
      async (context) => {
        told.push(context.secretProblem('usb'));
        await context.run(['unlock'], { stdin: ['>', { secret: 'usb' }] });
      },
      { secrets: new Map([['usb', missing]]) },
    );
    expect(told).toEqual([finding('passphrase-missing')]);
    expect(String(ran[0]?.options.stdin)).toBe('>');
  });

  it('that is at hand is no problem; one that nobody fetched is a bug', async () => {
    const told: unknown[] = [];
    await within(own, (context) => told.push(context.secretProblem('usb')), {
      secrets: new Map([['usb', success('x')]]),
    });
    expect(told).toEqual([null]);
    const { record } = await within(own, (context) => context.secretProblem('usb'));
    expect(problem(record)).toContain('the plan does not say that a uses the passphrase usb');
  });
});

describe('how much a step may lose', () => {
  const loss = { lost: 30, before: 100 };
  const limited = { sync: 's', deleteLimit: { percent: 25, files: null } };
  const told = async (own: Partial<Step>, more: Partial<RunInput> = {}, lost = loss.lost) => {
    const verdicts: unknown[] = [];
    const { record } = await within(own, (context) => verdicts.push(context.mayLose({ ...loss, lost })), more);
    return { verdict: verdicts[0], record };
  };

  it('is what the plan says', async () => {
    expect((await told(limited)).verdict).toMatchObject({ code: 'max-delete-exceeded', sync: 's' });
    expect((await told(limited, {}, 25)).verdict).toBeNull();
  });

  it('is all where that was allowed, whatever the plan says', async () => {
    expect((await told(limited, { allowDestructive: true })).verdict).toBeNull();
    expect((await told({}, { allowDestructive: true })).verdict).toBeNull();
  });

  it('is asked only of a step with a limit', async () => {
    expect(problem((await told({})).record)).toContain('the plan does not say how much a may lose');
  });
});

describe('how far a step is', () => {
  const reached: TransferProgress = { bytes: 50, percent: 90, rate: 10, remainingMs: 1, files: 1, toCheck: null };
  const estimate = { files: 4, bytes: 200, creates: 4, updates: 0, deletes: 0 };
  const shown = async (own: Partial<Step>, progress = reached): Promise<unknown> => {
    const { events } = await within(own, (context) => context.progress(progress));
    return events.flatMap((event) => (event.type === 'step-progress' ? [[event.step, event.progress]] : []))[0];
  };

  it('is measured by what a dry run for the plan has counted', async () => {
    const dry = { estimate: { ...estimate, basis: 'dry-run' as const } };
    expect(await shown(dry)).toMatchObject(['a', { percent: 25, total: 200, remainingMs: 15_000 }]);
    expect(await shown(dry, { ...reached, total: 100 })).toEqual(['a', { ...reached, total: 100 }]);
  });

  it('is what the step says where nothing was counted: what the last run copied says little', async () => {
    expect(await shown({})).toEqual(['a', reached]);
    expect(await shown({ estimate: { ...estimate, basis: 'last-run' } })).toEqual(['a', reached]);
  });
});

describe('what a step hands on', () => {
  const file = { checksum: 'ff', size: 1, time: 2, path: 'x' } as never;

  it('is each file that its sync has copied', async () => {
    const noted: unknown[] = [];
    const copied: RunInput['copied'] = (sync, each) => noted.push([sync, each]);
    await within({ sync: 's' }, (context) => context.copied(file), { copied });
    await within({}, (context) => context.copied(file), { copied });
    expect(noted).toEqual([['s', file]]);
    expect((await within({ sync: 's' }, (context) => context.copied(file))).record.exitCode).toBe(0);
  });

  it('is a report of the run as if it had ended now; none where nobody makes one, and why where it cannot be made', async () => {
    const told: unknown[] = [];
    const ask = async (context: StepContext): Promise<void> => void told.push(await context.report());
    await within({ sync: 's' }, ask);
    await within({ sync: 's' }, ask, { report: (record) => Promise.resolve(`exit ${record.exitCode ?? ''}`) });
    await within({ sync: 's' }, ask, { report: () => Promise.reject(new Error('out of paper')) });
    await within({}, ask, { report: () => Promise.reject(new Error('out of paper')) });
    expect(told.slice(0, 2)).toEqual([null, success('exit 0')]);
    const bug = { code: 'internal-error', message: expect.stringContaining('out of paper') as string };
    expect(told.slice(2)).toMatchObject([
      { ok: false, findings: [{ ...bug, sync: 's' }] },
      { ok: false, findings: [bug] },
    ]);
  });
});

describe('an executor that throws', () => {
  const thrown = async (what: unknown, own: Partial<Step> = {}) => {
    const { record } = await within(own, () => {
      throw what;
    });
    return record.steps[0];
  };

  it('something that is no error is a bug all the same, of its sync where it has one', async () => {
    const bug = { code: 'internal-error', message: 'nbkp itself went wrong in a: a text. This is a bug.' };
    expect(await thrown('a text')).toMatchObject({ outcome: 'failed', findings: [bug], log: ['a text'] });
    expect((await thrown('a text'))?.findings[0]).not.toHaveProperty('sync');
    expect(await thrown('a text', { sync: 's' })).toMatchObject({ findings: [{ ...bug, sync: 's' }] });
  });

  it('says where, as far as that is known', async () => {
    const bare = new Error('out of paper');
    delete bare.stack;
    expect((await thrown(bare))?.log).toEqual(['out of paper']);
    expect((await thrown(new Error('out of paper')))?.log.length).toBeGreaterThan(1);
  });
});

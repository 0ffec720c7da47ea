import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../../../src/executors/contract.ts';
import { applyPrune } from '../../../../../src/executors/kinds/prune/apply.ts';
import { isMove } from '../../../../../src/planner/kinds/prune/batches.ts';
import type { ProcessResult } from '../../../../../src/hosts/transport/transport.ts';
import type { Step } from '../../../../../src/planner/model/step.ts';

const NAMES = [1, 2, 3, 4].map((day) => `2026-01-0${day}T00:00:00.000Z`);
const [FIRST = '', SECOND = '', THIRD = '', FOURTH = ''] = NAMES;
const BOX = `/usb/docs/snapshots/.prune-${FIRST}`;
const ALL = ['check', 'move', 'remove'];
const DONE: ProcessResult = {
  ...{ code: 0, signal: null, error: null, timedOut: false },
  ...{ stdout: Buffer.alloc(0), stderr: [] },
};

interface Answer extends Partial<ProcessResult> {
  /** Ctrl-C while it runs. */
  interrupts?: boolean;
}

/** Removes snapshots with programs that only answer, where it is about several: what goes wrong between two of them cannot be timed otherwise. */
async function prune(answers: Readonly<Record<string, Answer>>, names = NAMES, marked = false) {
  const programs: string[] = [];
  const interruption = new AbortController();
  const context = {
    values: {},
    query: { observe: () => Promise.resolve({ endpoints: {} }) },
    signal: interruption.signal,
    run: (argv: readonly string[], { onStderrLine }: { onStderrLine?: (line: string) => boolean } = {}) => {
      const program = isMove(argv) ? 'move' : argv.includes('find') ? 'remove' : argv[0] === 'sh' ? 'check' : 'unmark';
      programs.push(program);
      const { interrupts = false, ...answer } = answers[program] ?? {};
      answer.stderr?.forEach((line) => onStderrLine?.(line));
      if (interrupts) interruption.abort();
      return Promise.resolve({ ...DONE, ...answer });
    },
  };
  const remove = names.map((name) => ({ name, kind: 'directory', leftover: false, ...(marked && { marked }) }));
  const params = { kind: 'prune', sync: 'docs', root: '/usb/docs', previous: null, remove, asRoot: true };
  const step = { id: 'prune:docs', kind: 'prune', params } as unknown as Step;
  const result = await applyPrune(step, context as unknown as StepContext);
  return { programs, ...result };
}

describe('pruning several snapshots', () => {
  it('takes one process for each thing to do', async () => {
    const { programs, ...result } = await prune({});
    expect(programs).toEqual(ALL);
    expect(result).toEqual({ outcome: 'done', changes: { pruned: NAMES }, findings: [] });
  });

  it.each([
    [
      'cannot be moved',
      'move',
      `mv: cannot move '/usb/docs/snapshots/${THIRD}' to '${BOX}/${THIRD}': Permission denied`,
    ],
    ['cannot be removed', 'remove', `rm: cannot remove '${BOX}/${THIRD}/file': Operation not permitted`],
  ])('tells of one that %s, and counts the others', async (_, program, line) => {
    const { programs, outcome, changes, findings } = await prune({ [program]: { code: 1, stderr: [line] } });
    expect([programs, outcome, changes]).toEqual([ALL, 'failed', { pruned: [FIRST, SECOND, FOURTH] }]);
    expect(findings).toMatchObject([{ code: 'prune-failed', message: expect.stringContaining(line) as string }]);
  });

  it('takes the marks of those that were moved, and none where one was not', async () => {
    const line = `mv: cannot move '/usb/docs/snapshots/${THIRD}' to '${BOX}/${THIRD}': Permission denied`;
    const programs = async (answers: Parameters<typeof prune>[0]) => (await prune(answers, NAMES, true)).programs;
    expect(await programs({})).toEqual(['check', 'move', 'unmark', 'remove']);
    expect(await programs({ move: { code: 1, stderr: [line] } })).toEqual(ALL);
  });

  it('moves none of those together when something has been mounted in one of them', async () => {
    const line = `something is mounted at '/usb/docs/snapshots/${THIRD}/shown': Device or resource busy`;
    const { programs, outcome, changes, findings } = await prune({ check: { code: 1, stderr: [line] } });
    expect([programs, outcome, changes]).toEqual([['check'], 'failed', { pruned: [] }]);
    expect(findings).toMatchObject([{ code: 'prune-failed', message: expect.stringContaining(line) as string }]);
  });

  it.each([
    [
      'the folder for them cannot be made',
      'move',
      {
        code: 2,
        stderr: [`mv: cannot move '/usb/docs/snapshots/${FIRST}' to '${BOX}': Directory not empty`],
      },
    ],
    [
      'the removal is killed',
      'remove',
      { code: null, signal: 'SIGKILL', stderr: [`rm: cannot remove '${BOX}/${THIRD}/a': x`] },
    ],
    ['the removal says nothing of why', 'remove', { code: 1, stderr: ['rm: out of memory'] }],
  ])('counts none of those together when %s', async (_, program, answer) => {
    const { programs, outcome, changes, findings } = await prune({ [program]: answer });
    expect([programs.at(-1), outcome, changes]).toEqual([program, 'failed', { pruned: [] }]);
    expect(findings).toMatchObject([{ code: 'prune-failed' }]);
  });

  it('counts those that have given up their names when it is interrupted, and none before', async () => {
    expect(await prune({ remove: { interrupts: true, code: null, signal: 'SIGTERM' } })).toMatchObject({
      ...{ outcome: 'interrupted', changes: { pruned: NAMES }, findings: [] },
    });
    expect(await prune({ move: { interrupts: true } })).toMatchObject({
      ...{ programs: ['check', 'move'], outcome: 'interrupted', changes: { pruned: [] } },
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../../../src/executors/contract.ts';
import { applyPrune } from '../../../../../src/executors/kinds/prune/apply.ts';
import type { ProcessResult } from '../../../../../src/hosts/transport/transport.ts';
import type { Step } from '../../../../../src/planner/model/step.ts';

const NAMES = [1, 2, 3, 4].map((day) => `2026-01-0${day}T00:00:00.000Z`);
const [FIRST = '', SECOND = '', THIRD = '', FOURTH = ''] = NAMES;
/** The first goes alone, so that a drive that is full has room for this. */
const BOX = `/usb/docs/snapshots/.prune-${SECOND}`;
const ALONE = ['sh', 'mv', 'find', 'rm'];
const DONE: ProcessResult = {
  ...{ code: 0, signal: null, error: null, timedOut: false },
  ...{ stdout: Buffer.alloc(0), stderr: [] },
};

interface Answer extends Partial<ProcessResult> {
  /** Ctrl-C while it runs. */
  interrupts?: boolean;
}

/** Removes snapshots with programs that only answer, where it is about several: what goes wrong between two of them cannot be timed otherwise. */
async function prune(answers: Readonly<Record<string, Answer>>, names = NAMES) {
  const programs: string[] = [];
  const interruption = new AbortController();
  const context = {
    values: {},
    query: { observe: () => Promise.resolve({ endpoints: {} }) },
    signal: interruption.signal,
    run: (argv: readonly string[], { onStderrLine }: { onStderrLine?: (line: string) => boolean } = {}) => {
      const [program = ''] = argv;
      programs.push(program);
      const isTogether = argv.some((word) => word.includes(BOX) || word.endsWith(`/${SECOND}`));
      const { interrupts = false, ...answer } = (isTogether ? answers[program] : null) ?? {};
      answer.stderr?.forEach((line) => onStderrLine?.(line));
      if (interrupts) interruption.abort();
      return Promise.resolve({ ...DONE, ...answer });
    },
  };
  const remove = names.map((name) => ({ name, kind: 'directory', leftover: false }));
  const params = { kind: 'prune', sync: 'docs', root: '/usb/docs', previous: null, remove, asRoot: true };
  const step = { id: 'prune:docs', kind: 'prune', params } as unknown as Step;
  const result = await applyPrune(step, context as unknown as StepContext);
  return { programs, ...result };
}

describe('pruning several snapshots', () => {
  it('takes one process for each thing to do', async () => {
    const { programs, ...result } = await prune({});
    expect(programs).toEqual([...ALONE, 'sh', 'mkdir', 'mv', 'find', 'rm']);
    expect(result).toEqual({ outcome: 'done', changes: { pruned: NAMES }, findings: [] });
  });

  it('has two processes remove very many', async () => {
    const names = Array.from({ length: 60 }, (_, second) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`);
    const { programs, changes } = await prune({}, names);
    expect(programs).toEqual([...ALONE, 'sh', 'mkdir', 'mv', 'sh', 'find', 'rm']);
    expect(changes).toEqual({ pruned: names });
  });

  it.each([
    ['cannot be moved', 'mv', `mv: cannot move '/usb/docs/snapshots/${THIRD}' to '${BOX}/${THIRD}': Permission denied`],
    ['cannot be removed', 'rm', `rm: cannot remove '${BOX}/${THIRD}/file': Operation not permitted`],
  ])('tells of one that %s, and counts the others', async (_, program, line) => {
    const { outcome, changes, findings } = await prune({ [program]: { code: 1, stderr: [line] } });
    expect([outcome, changes]).toEqual(['failed', { pruned: [FIRST, SECOND, FOURTH] }]);
    expect(findings).toMatchObject([{ code: 'prune-failed', message: expect.stringContaining(line) as string }]);
  });

  it('moves none of those together when something has been mounted in one of them', async () => {
    const line = `something is mounted at '/usb/docs/snapshots/${THIRD}/shown': Device or resource busy`;
    const { programs, outcome, changes, findings } = await prune({ sh: { code: 1, stderr: [line] } });
    expect([programs, outcome, changes]).toEqual([[...ALONE, 'sh'], 'failed', { pruned: [FIRST] }]);
    expect(findings).toMatchObject([{ code: 'prune-failed', message: expect.stringContaining(line) as string }]);
  });

  it.each([
    [
      'the folder for them cannot be made',
      'mkdir',
      { code: 1, stderr: [`mkdir: cannot create directory '${BOX}': File exists`] },
    ],
    [
      'the removal is killed',
      'rm',
      { code: null, signal: 'SIGKILL', stderr: [`rm: cannot remove '${BOX}/${THIRD}/a': x`] },
    ],
    ['the removal says nothing of why', 'rm', { code: 1, stderr: ['rm: out of memory'] }],
  ])('counts none of those together when %s', async (_, program, answer) => {
    const { programs, outcome, changes, findings } = await prune({ [program]: answer });
    expect([programs.at(-1), outcome, changes]).toEqual([program, 'failed', { pruned: [FIRST] }]);
    expect(findings).toMatchObject([{ code: 'prune-failed' }]);
  });

  it('counts those that have given up their names when it is interrupted, and none before', async () => {
    expect(await prune({ rm: { interrupts: true, code: null, signal: 'SIGTERM' } })).toMatchObject({
      ...{ outcome: 'interrupted', changes: { pruned: NAMES }, findings: [] },
    });
    expect(await prune({ mkdir: { interrupts: true } })).toMatchObject({
      ...{ programs: [...ALONE, 'sh', 'mkdir'], outcome: 'interrupted', changes: { pruned: [FIRST] } },
    });
  });
});

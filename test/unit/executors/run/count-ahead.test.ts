import { describe, expect, it } from 'vitest';
import { CountAhead } from '../../../../src/executors/run/count-ahead.ts';
import type { RunEvent } from '../../../../src/planner/model/event.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import type { ProcessResult, RunOptions } from '../../../../src/hosts/transport/transport.ts';
import { until } from '../../../support/running.ts';
import { planned } from '../../../support/planned-transfer.ts';
import { step as stepNamed } from './rig.ts';

const DONE: ProcessResult = {
  ...{ code: 0, signal: null, timedOut: false, error: null },
  ...{ stdout: Buffer.of(), stderr: [] },
};
const { step: transfer, input } = planned();
const transfers = (...ids: string[]): Step[] => ids.map((id) => ({ ...transfer, id }));
const event = (type: 'step-started' | 'step-finished', step: string): RunEvent =>
  ({ at: '', run: '', type, step }) as RunEvent;
const INTERRUPTED = { at: '', run: '', type: 'interrupted', signal: 'SIGINT' } as RunEvent;

/** In place of rsync, to hold it back: each count waits until the test lets it end, or it is told to. */
function counting(steps: readonly Step[]) {
  const told: [string, number][] = [];
  const counts: { signal: AbortSignal; end: (bytes: number) => void }[] = [];
  const run = (_host: string, _argv: readonly string[], options: RunOptions = {}): Promise<ProcessResult> =>
    new Promise((resolve, reject) => {
      const { signal = new AbortController().signal, onStdout } = options;
      signal.addEventListener('abort', () => resolve({ ...DONE, code: null, signal: 'SIGTERM' }));
      counts.push({
        signal,
        end: (bytes) => {
          if (Number.isNaN(bytes)) reject(new Error('no sh'));
          onStdout?.(Buffer.from(totals(bytes)));
          resolve(DONE);
        },
      });
    });
  const counted = (step: string, bytes: number): void => void told.push([step, bytes]);
  return { ahead: new CountAhead({ steps }, { spec: input.spec, world: { run }, counted }), counts, told };
}

function totals(bytes: number): string {
  return [
    'Number of files: 1 (reg: 1)',
    'Number of created files: 1 (reg: 1)',
    'Number of deleted files: 0',
    'Number of regular files transferred: 1',
    `Total file size: ${bytes} bytes`,
    `Total transferred file size: ${bytes} bytes`,
    '',
  ].join('\n');
}

describe.concurrent('what waits for its turn', () => {
  it('is counted, one after the other, until the run ends', async () => {
    const { ahead, counts, told } = counting(transfers('a', 'b', 'c'));
    await until(() => counts.length === 1);
    counts[0]?.end(10);
    await until(() => counts.length === 2);
    expect(told).toEqual([['a', 10]]);
    const ended = ahead.end();
    await until(() => counts[1]?.signal.aborted === true);
    await ended;
    expect([counts.length, told]).toEqual([2, [['a', 10]]]);
  });

  it('is not what begins while it is counted, and the next one is', async () => {
    const { ahead, counts, told } = counting(transfers('a', 'b'));
    await until(() => counts.length === 1);
    ahead.event(event('step-started', 'a'));
    await until(() => counts.length === 2);
    expect(counts[0]?.signal.aborted).toBe(true);
    ahead.event(event('step-started', 'of another kind'));
    expect(counts[1]?.signal.aborted).toBe(false);
    counts[1]?.end(7);
    await until(() => told.length === 1);
    await ahead.end();
    expect(told).toEqual([['b', 7]]);
  });

  it('is not what ended before', async () => {
    const { ahead, counts, told } = counting(transfers('a', 'b'));
    ahead.event(event('step-finished', 'a'));
    await until(() => counts.length === 1);
    counts[0]?.end(3);
    await until(() => told.length === 1);
    await ahead.end();
    expect(told).toEqual([['b', 3]]);
  });

  it('is nothing in a run that is interrupted, and in one that is over at once', async () => {
    const [interrupted, short] = [counting(transfers('a')), counting(transfers('a'))];
    await short.ahead.end();
    interrupted.ahead.event(INTERRUPTED);
    await interrupted.ahead.end();
    expect([interrupted.counts, short.counts]).toEqual([[], []]);
  });

  it('is not on a drive that the run closes, nor what a dry run has counted', async () => {
    const close = stepNamed('unmount', { releases: 'mount', volume: 'laptop' });
    const keep = stepNamed('mount', { volume: 'laptop' });
    const estimate = { files: 1, bytes: 1, creates: 1, updates: 0, deletes: 0, basis: 'dry-run' as const };
    const [source, other] = [counting([...transfers('a'), close]), counting([{ ...transfer, estimate }])];
    const open = counting([...transfers('a'), keep]);
    await until(() => open.counts.length === 1);
    await Promise.all([source, other, open].map(({ ahead }) => ahead.end()));
    expect([source.counts, other.counts]).toEqual([[], []]);
  });

  it('is what the plan had left open, once it is decided, and counted once', async () => {
    const deferred = 'the drive is closed';
    const [open] = transfers('a');
    const { ahead, counts, told } = counting([{ ...open!, deferred }, ...transfers('b')]);
    await until(() => counts.length === 1);
    ahead.decided(open!);
    counts[0]?.end(3);
    await until(() => counts.length === 2);
    counts[1]?.end(5);
    await until(() => told.length === 2);
    ahead.decided({ ...open!, id: 'c' });
    await until(() => counts.length === 3);
    counts[2]?.end(7);
    await until(() => told.length === 3);
    await ahead.end();
    ahead.decided({ ...open!, id: 'd' });
    expect([counts.length, told]).toEqual([
      3,
      [
        ['b', 3],
        ['a', 5],
        ['c', 7],
      ],
    ]);
  });

  it('tells whoever ends it what went wrong, and nobody before', async () => {
    const { ahead, counts } = counting(transfers('a'));
    await until(() => counts.length === 1);
    counts[0]?.end(NaN);
    await expect(ahead.end()).rejects.toThrow('no sh');
  });
});

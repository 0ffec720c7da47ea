import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/planner/model/event.ts';
import { lineReporter } from '../../../../src/reporters/progress/line.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import {
  finding,
  plannedSync,
  planOf,
  prune,
  snapshot,
  step,
  transfer,
  withSteps,
} from '../../../../src/reporters/samples/parts.ts';
import { done, event, progress } from './events.ts';

const hook = step({ id: 'before:photos:1', kind: 'command', action: 'run', summary: 'run pg_dump', sync: 'photos' });
const plan = planOf([
  withSteps(plannedSync('photos'), hook, transfer('photos'), snapshot('photos'), prune('photos', 2)),
]);

async function linesOf(events: readonly RunEvent[]): Promise<string[]> {
  const stream = new PassThrough();
  const reporter = lineReporter(plan, stream, createStyle({ colour: false, width: 80 }));
  for (const each of events) reporter.event(each);
  await reporter.close();
  stream.end();
  return String(stream.read() ?? '')
    .split('\n')
    .slice(0, -1);
}

const started = event(0, { type: 'step-started', step: 'transfer:photos' });
const progressed = (seconds: number, percent: number): RunEvent =>
  event(seconds, { type: 'step-progress', step: 'transfer:photos', progress: progress(percent) });

describe('the line reporter', () => {
  it('begins each line with the sync, then says what happened in numbers', async () => {
    const lines = await linesOf([
      event(0, { type: 'run-started', plan: 'p', steps: 4, host: 'h', pid: 1, command: [] }),
      event(0, { type: 'step-started', step: 'before:photos:1' }),
      started,
      event(
        9,
        done('transfer:photos', { changes: { files: 1204, bytes: 1_288_490_188, deleted: 3 }, durationMs: 192_000 }),
      ),
      event(9, done('snapshot:photos', { changes: { snapshot: '2026-03-06T14:30:00.000Z' } })),
      event(9, done('prune:photos', { changes: { pruned: ['a', 'b'] } })),
      event(9, { type: 'sync-finished', sync: 'photos', outcome: 'succeeded' }),
      event(9, { type: 'run-finished', exitCode: 0, durationMs: 9000 }),
    ]);
    expect(lines).toEqual([
      'run r1: 4 steps',
      'photos: before:photos:1 begins',
      'photos: transfer begins',
      'photos: transfer done in 3 min 12 s: 1,204 files, 1.2 GiB; 3 deleted',
      'photos: snapshot done in 1.5 s: snapshot 2026-03-06T14:30:00.000Z',
      'photos: prune done in 1.5 s: 2 snapshots pruned',
      'photos: ✓ succeeded',
      'run r1: ended after 9 s',
    ]);
  });

  it('tells progress at each quarter, and otherwise every ten seconds at most', async () => {
    const events = [0.1, 0.2, 5, 9.9, 10.1, 15, 20.2].map((seconds, index) => progressed(seconds, index));
    const quarters = [25, 26, 49, 50, 74, 75, 99, 100].map((percent, index) => progressed(21 + index / 10, percent));
    const lines = await linesOf([started, ...events, ...quarters]);
    expect(lines.map((line) => /\d+ %/.exec(line)?.[0])).toEqual([undefined, '4 %', '6 %', '25 %', '50 %', '75 %']);
    expect(lines[1]).toBe('photos: transfer 4 %, 4 MiB, 1 MiB/s, 1 min 1 s left, 4 files');
  });

  it('passes on the first lines of standard error and then says that there are more', async () => {
    const output = Array.from({ length: 50 }, (_, index) =>
      event(1, { type: 'step-output', step: 'transfer:photos', line: `\u001b[31mrefused ${index}` }),
    );
    const lines = await linesOf([started, ...output]);
    expect(lines).toHaveLength(22);
    expect(lines[1]).toBe('photos: transfer | \\x1b[31mrefused 0');
    expect(lines.at(-1)).toBe('photos: transfer | more output is not shown here');
  });

  it('tells a failure with its code and what to do', async () => {
    const error = finding({
      severity: 'error',
      code: 'rsync-partial',
      message: '3 files could not be read.',
      help: 'Look at the log.',
    });
    const lines = await linesOf([
      started,
      event(2, done('transfer:photos', { outcome: 'failed', findings: [error] })),
      event(2, done('snapshot:photos', { outcome: 'not-run', reason: 'transfer:photos failed' })),
      event(2, { type: 'sync-finished', sync: 'photos', outcome: 'failed', reason: error.message }),
    ]);
    expect(lines.slice(1)).toEqual([
      'photos: transfer failed in 1.5 s',
      'photos: transfer: error[rsync-partial]: 3 files could not be read.',
      'photos: transfer: help: Look at the log.',
      'photos: snapshot not run: transfer:photos failed',
      'photos: ✗ failed: 3 files could not be read.',
    ]);
  });

  it('names who is in the way of a lock', async () => {
    const holder = {
      pid: 77,
      host: 'laptop',
      startedAt: '2026-03-06T14:00:00.000Z',
      command: 'nbkp run\u001b',
      run: 'q',
    };
    const lines = await linesOf([
      event(0, { type: 'lock-waiting', sync: 'photos', holder }),
      event(0, { type: 'lock-waiting', sync: 'photos', holder: null }),
      event(0, { type: 'drive-waiting', step: 'transfer:photos', waits: true }),
      event(0, { type: 'drive-waiting', step: 'transfer:photos', waits: false }),
      event(0, { type: 'interrupted', signal: 'SIGINT' }),
    ]);
    expect(lines).toEqual([
      'photos: waiting for nbkp run\\x1b (process 77 on laptop, since 2026-03-06 14:00:00 UTC)',
      'photos: waiting for another run',
      'photos: transfer waiting until another sync has written to the drive',
      'interrupted by SIGINT: no step begins any more, 0 under way end gently',
    ]);
  });
});

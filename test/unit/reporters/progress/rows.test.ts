import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/planner/model/event.ts';
import { Lanes } from '../../../../src/reporters/progress/lanes.ts';
import { countsRow, laneRows, visibleLanes } from '../../../../src/reporters/progress/rows.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import { textWidth } from '../../../../src/reporters/text/width.ts';
import {
  estimate,
  NOW,
  plan,
  plannedSync,
  planOf,
  snapshot,
  step,
  transfer,
  withSteps,
} from '../../../../src/reporters/samples/parts.ts';
import { done, event, progress } from './events.ts';

const plain = createStyle({ colour: false, width: 80 });
const now = Date.parse(NOW) + 60_000;

function lanesOf(count: number, ...events: RunEvent[]): Lanes {
  const names = Array.from({ length: count }, (_, index) => `sync-${index}`);
  const lanes = new Lanes(planOf(names.map((name) => withSteps(plannedSync(name), transfer(name), snapshot(name)))));
  for (const each of events) lanes.apply(each);
  return lanes;
}

const begins = (index: number): RunEvent => event(0, { type: 'step-started', step: `transfer:sync-${index}` });
const ends = (index: number, outcome: 'succeeded' | 'failed'): RunEvent =>
  event(5, { type: 'sync-finished', sync: `sync-${index}`, outcome });
const shown = (lanes: Lanes, rows: number): string[] => visibleLanes(lanes, rows).map(({ name }) => name);

describe('the rows of a run', () => {
  it('are what runs, the last that went well, and what went wrong', () => {
    const over = [0, 1, 2, 3, 4].map((index) => ends(index, index === 0 ? 'failed' : 'succeeded'));
    expect(shown(lanesOf(10, ...over, begins(7), begins(8)), 20)).toEqual([
      'sync-0',
      'sync-2',
      'sync-3',
      'sync-4',
      'sync-7',
      'sync-8',
    ]);
  });

  it('never are more than fit, and always hold something that runs', () => {
    const many = lanesOf(
      100,
      ends(0, 'failed'),
      ends(1, 'succeeded'),
      ...Array.from({ length: 50 }, (_, i) => begins(i + 2)),
    );
    for (const rows of [1, 2, 3, 10, 40]) {
      expect(shown(many, rows)).toHaveLength(rows);
      expect(shown(many, rows).at(-1)).toMatch(/sync-([2-9]|\d\d)/);
    }
    expect(shown(many, 10)).toContain('sync-0');
  });

  it('show progress, the telling first', () => {
    const lanes = lanesOf(
      1,
      begins(0),
      event(1, { type: 'step-progress', step: 'transfer:sync-0', progress: progress(43) }),
    );
    const rows = (seconds: number, width: number): string[] =>
      laneRows(visibleLanes(lanes, 5), plain, width, Date.parse(NOW) + seconds * 1000);
    expect(rows(9, 80)).toEqual(['sync-0  transfer 43 %, 43 MiB, 1 MiB/s, 1 min 1 s left, 43 files']);
    expect(rows(10, 80)).toEqual(['sync-0  [#########-------------] 43 %, 43 MiB, 1 MiB/s, 1 min 1 s left, 43 files']);
    expect(rows(10, 50)).toEqual(['sync-0  [#######-----------] 43 %, 43 MiB, 1 MiB/s']);
    expect(rows(10, 20)).toEqual(['sync-0  43 %']);
  });

  it('show bytes of bytes of all together, where dry runs have counted them', () => {
    const named = ['a', 'b'].map((name) =>
      withSteps(plannedSync(name), transfer(name, { estimate: estimate({ files: 1, bytes: 100 * 1_048_576 }) })),
    );
    const lanes = new Lanes(planOf(named));
    lanes.apply(event(0, { type: 'run-started', plan: 'p', steps: 2, host: 'h', pid: 1, command: [] }));
    lanes.apply(event(0, { type: 'step-started', step: 'transfer:a' }));
    lanes.apply(event(1, { type: 'step-progress', step: 'transfer:a', progress: progress(50) }));
    const counts = (seconds: number, width = 80): string => countsRow(lanes, width, Date.parse(NOW) + seconds * 1000);
    expect(counts(9)).toBe('0 of 2 done, 1 under way, 9 s');
    expect(counts(50)).toBe('[##------] 50 MiB of 200 MiB, 1 MiB/s, 2 min 30 s left, 0 of 2 done, 1 under way');
    expect(counts(50, 60)).toBe('[###-----------] 50 MiB of 200 MiB, 1 MiB/s, 2 min 30 s left');
    lanes.apply(event(51, done('transfer:a', { changes: { files: 1, bytes: 90 * 1_048_576 } })));
    lanes.apply(event(51, { type: 'sync-finished', sync: 'a', outcome: 'failed' }));
    expect(counts(90)).toMatch(/^\[#+-+\] 1 in trouble, 90 MiB of 190 MiB, 1 MiB\/s, 1 min 40 s left/);
  });

  it('say how much it is so far where nobody knows how much it will be', () => {
    const lanes = lanesOf(
      2,
      begins(0),
      event(1, { type: 'step-progress', step: 'transfer:sync-0', progress: { ...progress(5), bytes: 6 * 1_048_576 } }),
    );
    lanes.startedAt = now - 12_000;
    expect(countsRow(lanes, 80, now)).toBe('6 MiB of 120 MiB or more, 512 KiB/s, 0 of 2 done, 1 under way, 12 s');
    lanes.counted('transfer:sync-1', 30 * 1_048_576);
    expect(countsRow(lanes, 80, now)).toMatch('6 MiB of 150 MiB or more, 512 KiB/s, ');
    lanes.apply(event(2, { type: 'step-progress', step: 'transfer:sync-0', progress: { ...progress(5), bytes: 0 } }));
    lanes.startedAt = now - 9000;
    expect(countsRow(lanes, 80, now)).toBe('0 of 2 done, 1 under way, 9 s');
  });

  it('show bytes of bytes of all together, where what waits was counted beside the run', () => {
    const lanes = lanesOf(2, begins(0));
    const told = { ...progress(10), bytes: 10 * 1_048_576, total: 100 * 1_048_576 };
    lanes.apply(event(1, { type: 'step-progress', step: 'transfer:sync-0', progress: told }));
    lanes.startedAt = now - 10_000;
    lanes.counted('transfer:sync-1', 50 * 1_048_576);
    expect(countsRow(lanes, 80, now)).toMatch(/^\[-+\] 10 MiB of 150 MiB, 1 MiB\/s, 2 min 20 s left, 0 of 2 done/);
  });

  it('show how long a step without progress has taken, and no progress of a step that is over', () => {
    const lanes = lanesOf(
      1,
      begins(0),
      event(1, { type: 'step-progress', step: 'transfer:sync-0', progress: progress(99) }),
      event(2, done('transfer:sync-0')),
      event(3, { type: 'step-started', step: 'snapshot:sync-0' }),
    );
    expect(laneRows(visibleLanes(lanes, 5), plain, 80, now)).toEqual(['sync-0  snapshot (1 min)']);
  });

  it('sum up a sync that has ended', () => {
    const changes = { files: 2, bytes: 2048, snapshot: '2026-03-06T14:30:00.000Z' };
    const lanes = lanesOf(1, begins(0), event(4, done('transfer:sync-0', { changes })), ends(0, 'succeeded'));
    expect(laneRows(visibleLanes(lanes, 5), plain, 80, now)).toEqual([
      'sync-0  succeeded in 5 s (2 files, 2 KiB; snapshot 2026-03-06T14:30:00.000Z)',
    ]);
  });

  it('are never wider than the terminal', () => {
    const name = '写真-'.repeat(30);
    const lanes = new Lanes(planOf([withSteps(plannedSync(name), transfer(name))]));
    lanes.apply(event(0, { type: 'step-started', step: `transfer:${name}` }));
    lanes.apply(event(1, { type: 'step-progress', step: `transfer:${name}`, progress: progress(1) }));
    for (const width of [20, 40, 80]) {
      expect(
        laneRows(visibleLanes(lanes, 5), plain, width, now)
          .map(textWidth)
          .filter((wide) => wide > width),
      ).toEqual([]);
      expect(textWidth(countsRow(lanes, width, now))).toBeLessThanOrEqual(width);
    }
  });

  it('follow steps of no sync one by one', () => {
    const lanes = new Lanes(
      plan(
        [],
        ['usb', 'hub'].map((id) => step({ id: `create:${id}`, kind: 'create', action: 'create', summary: '' })),
      ),
    );
    lanes.apply(event(0, { type: 'step-started', step: 'create:usb' }));
    lanes.apply(event(1, done('create:usb', { outcome: 'failed', reason: 'no space' })));
    expect(laneRows(visibleLanes(lanes, 5), plain, 80, now)).toEqual(['create:usb  failed in 1 s: no space']);
  });
});

it('counts what is done, in trouble and under way', () => {
  const lanes = lanesOf(
    1200,
    event(0, { type: 'run-started', plan: '', steps: 2400, host: '', pid: 1, command: [] }),
    ends(0, 'failed'),
    ends(1, 'succeeded'),
    begins(2),
  );
  expect(countsRow(lanes, 80, now)).toBe('1 of 1,200 done, 1 in trouble, 1 under way, 1 min');
});

it('says first how an interrupted run can be ended at once', () => {
  const lanes = lanesOf(1, event(0, { type: 'interrupted', signal: 'SIGINT' }));
  expect(countsRow(lanes, 80, now)).toMatch(/^ending gently, Ctrl-C again ends it at once, 0 of 1 done/);
});

it('ignores events of steps and syncs that the plan does not have', () => {
  const lanes = lanesOf(
    1,
    event(0, { type: 'step-started', step: 'x' }),
    event(0, done('x')),
    event(0, { type: 'sync-finished', sync: 'x', outcome: 'failed' }),
  );
  expect(lanes.running).toEqual([]);
  expect(lanes.finished).toEqual([]);
});

import { cpSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { SimulationDocument, SyncSimulation } from '../../src/planner/model/simulation.ts';
import { Backup } from '../support/backup.ts';
import type { Answer } from '../support/sandbox.ts';
import { schemaErrors } from '../support/schemas.ts';
import { newFolders } from '../support/tempdir.ts';

const DAY = 86_400_000;

/** How many snapshots, how old the newest is, and how many milliseconds lie between two. */
interface Made {
  made: number;
  daysAgo: number;
  every?: number;
}

/**
 * A history of daily snapshots whose last is so many days old: one real one under older names, since waiting a month is
 * no test. What retention knows of a snapshot's age is its name, so a clock that jumped looks just the same.
 */
function withHistory(root: string, keep: string, { made, daysAgo, every = DAY }: Made): Backup {
  const backup = new Backup(root, { mode: 'hard-link', sync: `snapshots.keep = ${keep}` });
  backup.write({ note: 'of those days' });
  backup.run(0);
  const [first = ''] = backup.snapshots();
  const names = Array.from({ length: made }, (_, index) =>
    new Date(Date.now() - daysAgo * DAY - index * every).toISOString(),
  );
  for (const name of names) cpSync(backup.snapshot(first), backup.snapshot(name), { recursive: true });
  rmSync(backup.snapshot(first), { recursive: true });
  rmSync(join(backup.destination, 'latest'));
  symlinkSync(`snapshots/${names[0] ?? ''}`, join(backup.destination, 'latest'));
  return backup;
}

function simulatedIn({ stdout }: Answer): SyncSimulation | undefined {
  return (JSON.parse(stdout) as SimulationDocument).syncs[0];
}

describe('a run after a long absence, or by a clock that jumped ahead', () => {
  const newFolder = newFolders();

  it.each([
    ['35 days', 35],
    ['14 years', 14 * 365],
  ])('of %s prunes nothing that was within the time to keep, and neither does the next', (_, daysAgo) => {
    const backup = withHistory(newFolder(), '{ within = "30d" }', { made: 5, daysAgo });
    const before = backup.snapshots();
    for (const text of ['back', 'the day after']) {
      backup.write({ note: text });
      expect(backup.run(0).syncs).toMatchObject([{ outcome: 'succeeded', pruned: [] }]);
    }
    expect(backup.snapshots().slice(0, 5)).toEqual(before);
    expect(backup.read(`usb/documents/snapshots/${before[0] ?? ''}/note`)).toBe('of those days');
  });

  it.each(['{ within = "1s" }', '{ yearly = 1 }', '{ daily = 1 }'])(
    'never leaves only the snapshot that it makes (keep = %s)',
    (keep) => {
      const backup = withHistory(newFolder(), keep, { made: 2, daysAgo: 1 });
      const [oldest, newest] = backup.snapshots();
      const [sync] = backup.run(0).syncs;
      expect(sync?.pruned).toEqual([oldest]);
      expect(backup.snapshots()).toEqual([newest, sync?.snapshot]);
    },
  );

  it('is foreseen, with the room that runs took, and with other rules', () => {
    const backup = withHistory(newFolder(), '{ daily = 7 }', { made: 3, daysAgo: 1 });
    const simulate = (...args: string[]): Answer => backup.sandbox.nbkp('snapshots', 'simulate', ...args);
    const before = backup.snapshots();
    const unknown = simulate('documents', '--for', '30d', '--json');
    expect(unknown).toMatchObject({ code: 0, stderr: '' });
    expect(schemaErrors('simulation', JSON.parse(unknown.stdout))).toEqual([]);
    expect(simulatedIn(unknown)).toMatchObject({ growth: null, days: expect.objectContaining({ length: 31 }) });
    for (const text of ['1', '22', '333']) {
      backup.write({ note: text });
      backup.run(0);
    }
    const known = simulatedIn(simulate('--json'));
    expect(known).toMatchObject({ growth: 2, runs: 4 });
    expect(known?.days.at(-1)).toMatchObject({ snapshots: 7, bytes: 12 });
    const fewer = simulatedIn(simulate('documents', '--keep', 'last=2', '--json'));
    expect(fewer?.days.at(-1)).toMatchObject({ snapshots: 2, bytes: 2 });
    expect(simulate().stdout).toMatch(/keep daily 7[^]* {2}7 +12 B {2}#{10}/);
    expect(simulate('nosuch').code).toBe(64);
    expect(simulate('--for', '11y').code).toBe(64);
    expect(simulate('--keep', 'x=1')).toMatchObject({ code: 64, stderr: expect.stringContaining('usage') });
    expect(backup.snapshots().slice(0, before.length)).toEqual(before);
  });

  it('is foreseen only as far as is said, where snapshots are made each moment', () => {
    const backup = withHistory(newFolder(), '{ last = 3 }', { made: 9, daysAgo: 0, every: DAY / 144 });
    const answer = backup.sandbox.nbkp('snapshots', 'simulate', '--json');
    const { days, syncs, volumes } = JSON.parse(answer.stdout) as SimulationDocument;
    expect(days).toBe(365);
    const reckoned = (syncs[0]?.days.length ?? 0) - 1;
    expect(reckoned).toBeLessThan(365);
    expect(volumes).toMatchObject([{ days: reckoned }]);
    const { stdout } = backup.sandbox.nbkp('snapshots', 'simulate');
    expect(stdout).toMatch(/Only \d+ days? to\s+come/);
    expect(stdout).not.toMatch(/in 365 days/);
  });

  it('shows by hand what would go, and nothing goes', () => {
    const backup = withHistory(newFolder(), '{ last = 1 }', { made: 3, daysAgo: 1 });
    const before = backup.snapshots();
    const { stdout } = backup.expectCode(0, backup.sandbox.nbkp('snapshots', 'prune', '--dry-run'));
    expect(before.map((name) => stdout.includes(name))).toEqual([true, true, false]);
    expect(stdout).not.toContain('[y/N]');
    const { steps } = JSON.parse(
      backup.expectCode(0, backup.sandbox.nbkp('snapshots', 'prune', '-n', '--json')).stdout,
    ) as Plan;
    expect(steps.map(({ kind }) => kind)).toEqual(['prune']);
    expect(backup.snapshots()).toEqual(before);
  });

  it('leaves only that one where the spec says last = 1', () => {
    const backup = withHistory(newFolder(), '{ last = 1 }', { made: 2, daysAgo: 1 });
    const [sync] = backup.run(0).syncs;
    expect(backup.snapshots()).toEqual([sync?.snapshot]);
  });
});

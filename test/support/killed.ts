import { expect } from 'vitest';
import type { Backup } from './backup.ts';
import { KillAt } from './kill-at.ts';

/**
 * Kills runs of nbkp (-9) at one start of a program after another, from the second one on, and lets each be followed by a whole run.
 *
 * @param folder for the programs that stand before the real ones
 * @param tries about how many of the starts, spread over the run; null for all
 * @param change makes something to do for the next run
 * @param isWhole expects the copy to be what the source is
 */
export async function killAlong(
  backup: Backup,
  folder: string,
  tries: number | null,
  change: () => void,
  isWhole: () => Promise<void>,
): Promise<void> {
  const killAt = new KillAt(folder);
  change();
  backup.expectCode(0, backup.sandbox.nbkpWith(killAt.environment(0), 'run'));
  const programs = killAt.count();
  const step = tries === null ? 1 : Math.ceil(programs / tries);
  let killed = 0;
  for (let at = 2; at <= programs; at += step) {
    change();
    const { signal } = backup.sandbox.nbkpWith(killAt.environment(at), 'run');
    killed += signal === 'SIGKILL' ? 1 : 0;
    backup.run(0);
    await isWhole();
  }
  expect(killed).toBeGreaterThan(programs / step / 2);
}

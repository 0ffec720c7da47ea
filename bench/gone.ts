import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { pair, type Times } from './apply.ts';
import type { Bench } from './main.ts';
import { freshArms, type Mode } from './support/arms.ts';
import { mountBtrfs } from './support/btrfs.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { makeTree, removeFromTree, renameInTree } from './support/tree.ts';

const FILES = 100_000;
const TARGETS = { none: 1.25, btrfs: 1.1 } as const;
const MODES = ['none', 'btrfs'] as const satisfies readonly Mode[];
/** What was changed just before a run may be changing still, and is looked at once more. */
const SETTLED = 4_000;

type Gone = (typeof MODES)[number];

export const gone = (bench: Bench): Promise<void> => compare(bench, MODES);
export const goneNone = (bench: Bench): Promise<void> => compare(bench, ['none']);
export const goneBtrfs = (bench: Bench): Promise<void> => compare(bench, ['btrfs']);

/** A file of a hundred is renamed, or deleted: compared with `rsync --delete` and what makes a copy safe. */
async function compare({ scratch, quick, size }: Bench, modes: readonly Gone[]): Promise<void> {
  const files = quick ? 5_000 : Number(size?.split('x')[1] ?? FILES);
  const rounds = quick ? 1 : Number(size?.split('x')[0] ?? 7);
  progress(`gone: making ${files} files`);
  const source = scratch.folder('gone', 'source');
  makeTree(source, files);
  const rows: string[][] = [];
  let changes = 0;
  for (const mode of modes) {
    const place = mode === 'none' ? scratch.folder('gone') : await mountBtrfs(scratch, 'gone', '8G');
    const arms = await freshArms(mode, join(place, 'world'), source);
    await arms.nbkp.backUp();
    await arms.bare.backUp();
    const times: Times = new Map();
    for (let round = 1; round <= rounds; round++) {
      progress(`gone: mode ${mode}, round ${round}`);
      for (const [what, change] of [
        ['renamed', renameInTree],
        ['deleted', removeFromTree],
      ] as const) {
        if (what === 'renamed') changes += 1;
        change(source, changes);
        await wait(SETTLED);
        await pair(times, what, arms, round);
      }
    }
    for (const [what, { nbkp, bare }] of times) {
      const compared = ratios(nbkp, bare);
      const took = [milliseconds(median(nbkp)), milliseconds(median(bare))];
      rows.push([`${mode}: 1 % ${what}`, ...took, spread(compared), target(median(compared), TARGETS[mode])]);
    }
    arms.remove();
  }
  table(
    `Gone: ${files} files of 1 KiB, nbkp run against rsync --delete and sync -f, ${rounds} rounds`,
    ['what', 'nbkp', 'bare', 'nbkp ÷ bare (range)', 'target'],
    rows,
  );
}

import { join } from 'node:path';
import { pair, type Times } from './apply.ts';
import type { Bench } from './main.ts';
import { freshArms } from './support/arms.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { changeTree, makeTree } from './support/tree.ts';

const FILES = 100_000;
const TARGETS: Readonly<Record<string, number>> = { 'nothing changed': 0.3, '1 % changed, in every folder': 0.4 };

/** Hard-link snapshots that begin as links to all of the last one, compared with `rsync --link-dest` and what makes a copy safe. */
export async function snapshots({ scratch, quick, size }: Bench): Promise<void> {
  const files = quick ? 5_000 : Number(size?.split('x')[1] ?? FILES);
  const rounds = quick ? 1 : Number(size?.split('x')[0] ?? 7);
  progress(`snapshots: making ${files} files`);
  const source = scratch.folder('snapshots', 'source');
  makeTree(source, files);
  const arms = await freshArms('hard-link', join(scratch.path, 'snapshots', 'world'), source);
  await arms.nbkp.backUp();
  await arms.bare.backUp();
  const times: Times = new Map();
  for (let round = 1; round <= rounds; round++) {
    progress(`snapshots: round ${round}`);
    for (const what of Object.keys(TARGETS)) {
      if (what !== 'nothing changed') changeTree(source, round);
      await pair(times, what, arms, round);
    }
  }
  table(
    `Snapshots: ${files} files of 1 KiB, nbkp run against rsync --link-dest and sync -f, ${rounds} rounds`,
    ['what', 'nbkp', 'bare', 'nbkp ÷ bare (range)', 'target'],
    [...times].map(([what, { nbkp, bare }]) => [
      what,
      milliseconds(median(nbkp)),
      milliseconds(median(bare)),
      spread(ratios(nbkp, bare)),
      target(median(ratios(nbkp, bare)), TARGETS[what] ?? NaN),
    ]),
  );
  arms.remove();
}

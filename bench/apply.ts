import { join } from 'node:path';
import type { Bench } from './main.ts';
import { freshArms, type Arms, type Mode } from './support/arms.ts';
import { isInstalled } from './support/machine.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { changeTree, makeTree, renameInTree } from './support/tree.ts';

const FILES = 100_000;
/** `apply` may take 1.05 times as long as rsync, and as much more as six starts of bare Node. */
const FACTOR = 1.05;
const STARTS = 6;

interface Pairs {
  nbkp: number[];
  bare: number[];
}

/** Times by what was measured, in the order in which it was measured first. */
export type Times = Map<string, Pairs>;

/** A whole backup, compared with bare rsync with the flags that the plan shows, and what makes a copy safe. */
export async function apply({ scratch, quick }: Bench): Promise<void> {
  if (!isInstalled('rsync')) throw new Error('apply needs rsync. Debian package: rsync');
  const files = quick ? 5_000 : FILES;
  progress(`apply: making ${files} files`);
  const [large, small] = [scratch.folder('apply', 'large'), scratch.folder('apply', 'small')];
  makeTree(large, files);
  makeTree(small, 10);
  // Both arms read the source from memory.
  await run(['find', large, '-type', 'f', '-exec', 'cat', '{}', '+'], { quiet: true });
  const times: Times = new Map();
  const node: number[] = [];
  for (let round = 1; round <= (quick ? 1 : 5); round++) {
    for (let time = 0; time < 5; time++) node.push((await run([process.execPath, '-e', '0'])).ms);
    for (const mode of ['none', 'hard-link'] as const) {
      progress(`apply: round ${round}, mode ${mode}`);
      await measureLarge({ mode, round, times, source: large, path: join(scratch.path, 'apply', 'world') });
      await measureSmall({ mode, round, times, source: small, path: join(scratch.path, 'apply', 'world') });
    }
  }
  report(times, median(node), files);
}

interface Round {
  mode: Mode;
  round: number;
  times: Times;
  source: string;
  path: string;
}

async function measureLarge({ mode, round, times, source, path }: Round): Promise<void> {
  const arms = await freshArms(mode, path, source);
  const measure = (what: string, order: number) => pair(times, `${mode}: ${what}`, arms, order);
  await measure('first copy', round);
  await measure('nothing changed', round);
  // What takes a second rather than ten is measured more often.
  if (mode === 'none') for (const order of [1, 2, 3, 4]) await measure('nothing changed', round + order);
  changeTree(source, 2 * round + (mode === 'none' ? 0 : 1));
  await measure('1 % changed', round);
  if (mode === 'none') {
    renameInTree(source, round);
    await measure('1 % renamed', round);
  }
  arms.remove();
}

async function measureSmall({ mode, round, times, source, path }: Round): Promise<void> {
  const arms = await freshArms(mode, path, source);
  await arms.nbkp.backUp();
  await arms.bare.backUp();
  for (const order of [0, 1, 2, 3]) await pair(times, `${mode}: 10 files, nothing changed`, arms, round + order);
  arms.remove();
}

/** Runs both, now the one first and now the other, each when the disk has nothing else to do. */
export async function pair(times: Times, what: string, arms: Arms, order: number): Promise<void> {
  const taken = times.get(what) ?? { nbkp: [], bare: [] };
  times.set(what, taken);
  for (const name of order % 2 === 0 ? (['nbkp', 'bare'] as const) : (['bare', 'nbkp'] as const)) {
    await run(['sync']);
    taken[name].push(await arms[name].backUp());
  }
}

function report(times: Times, node: number, files: number): void {
  table(
    `Apply: ${files} files of 1 KiB, nbkp run against bare rsync and sync -f; bare Node starts in ${milliseconds(node)}`,
    ['what', 'nbkp', 'bare', 'nbkp ÷ bare (range)', 'fastest ÷ fastest', `(nbkp − ${FACTOR} × bare) ÷ node`, 'target'],
    [...times].map(([what, { nbkp, bare }]) => {
      const beyond = nbkp.map((ms, index) => (ms - FACTOR * (bare[index] ?? NaN)) / node);
      return [
        what,
        milliseconds(median(nbkp)),
        milliseconds(median(bare)),
        spread(ratios(nbkp, bare)),
        // Whatever else the machine does makes a run slower and never faster.
        (Math.min(...nbkp) / Math.min(...bare)).toFixed(2),
        spread(beyond, 1),
        target(median(beyond), STARTS),
      ];
    }),
  );
}

import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { isInstalled } from './support/machine.ts';
import { treeSpec, World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { missing, progress, table, target } from './support/report.ts';
import { median, milliseconds, spread } from './support/statistics.ts';
import { makeTree } from './support/tree.ts';

const LIMIT = 1.5;
const MIB = 1024 * 1024;

/** Reading a copy again, large files and many small ones, against xxh128sum of the same files. */
export async function verify({ scratch, quick }: Bench): Promise<void> {
  if (!isInstalled('xxh128sum')) return missing('xxh128sum', 'verify is not compared. Debian package: xxhash');
  const [large, small] = quick ? [1, 100] : [8, 20_000];
  progress(`verify: ${large} files of 128 MiB and ${small} of 1 KiB`);
  const path = scratch.folder('verify');
  makeTree(join(path, 'source'), small);
  const content = randomFillSync(Buffer.alloc(128 * MIB));
  for (let index = 0; index < large; index++) writeFileSync(join(path, 'source', `large-${index}`), content);
  mkdirSync(join(path, 'drive'));
  const world = new World(path, treeSpec(`${path}/source`, `${path}/drive`));
  await world.nbkp(['prepare', '--yes'], { quiet: true });
  await world.nbkp(['run'], { quiet: true });
  const arms = {
    sum: () => run(['find', 'drive', '-type', 'f', '-exec', 'xxh128sum', '{}', '+'], { cwd: path, quiet: true }),
    verify: () => world.nbkp(['verify', '--restart'], { quiet: true }),
    start: () => world.nbkp(['--version'], { quiet: true }),
  };
  const order = ['sum', 'verify', 'start'] as const;
  for (const name of order) await arms[name]();
  const times: Record<keyof typeof arms, number[]> = { sum: [], verify: [], start: [] };
  for (let round = 0; round < (quick ? 1 : 7); round++) {
    for (const name of round % 2 === 0 ? order : order.toReversed()) times[name].push((await arms[name]()).ms);
  }
  const compared = times.verify.map((ms, index) => (ms - (times.start[index] ?? NaN)) / (times.sum[index] ?? NaN));
  table(
    `Verify: ${large} files of 128 MiB and ${small} of 1 KiB, in memory`,
    ['xxh128sum', 'nbkp verify', 'a start', '(verify − start) ÷ xxh128sum (range)', 'target'],
    [
      [
        ...[milliseconds(median(times.sum)), milliseconds(median(times.verify)), milliseconds(median(times.start))],
        ...[spread(compared), target(median(compared), LIMIT)],
      ],
    ],
  );
}

import { randomFillSync } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pair, type Times } from './apply.ts';
import type { Bench } from './main.ts';
import type { Arms } from './support/arms.ts';
import { treeSpec, World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';

const MIB = 2048;
const FILE = 8;
const TARGET = 0.3;

/** A folder that gets another name, in hard-link snapshots and as `rsync -a --delete` copies it. */
export async function renames({ scratch, quick, size }: Bench): Promise<void> {
  const rounds = quick ? 1 : Number(size?.split('x')[0] ?? 7);
  const mib = quick ? 64 : Number(size?.split('x')[1] ?? MIB);
  progress(`renames: making ${mib} MiB`);
  const path = scratch.folder('renames');
  const source = join(path, 'source');
  mkdirSync(join(source, 'name-0'), { recursive: true });
  for (let file = 0; file < mib / FILE; file++) {
    writeFileSync(join(source, 'name-0', `file-${file}`), randomFillSync(Buffer.alloc(FILE * 2 ** 20)));
  }
  const arms = await makeArms(path, source);
  await arms.nbkp.backUp();
  await arms.bare.backUp();
  const times: Times = new Map();
  for (let round = 1; round <= rounds; round++) {
    progress(`renames: round ${round}`);
    renameSync(join(source, `name-${round - 1}`), join(source, `name-${round}`));
    await pair(times, 'renamed', arms, round);
  }
  table(
    `Renames: a folder of ${mib} MiB in files of ${FILE} MiB gets another name, nbkp run against rsync -a --delete and sync -f, ${rounds} rounds`,
    ['what', 'nbkp', 'bare', 'nbkp ÷ bare (range)', 'target'],
    [...times].map(([what, { nbkp, bare }]) => [
      what,
      milliseconds(median(nbkp)),
      milliseconds(median(bare)),
      spread(ratios(nbkp, bare)),
      target(median(ratios(nbkp, bare)), TARGET),
    ]),
  );
  arms.remove();
}

async function makeArms(path: string, source: string): Promise<Arms> {
  for (const name of ['nbkp', 'bare']) mkdirSync(join(path, name));
  const world = new World(path, treeSpec(source, `${path}/nbkp`, ['mode = "hard-link"', 'keep.last = 2']));
  await world.nbkp(['prepare', '--yes']);
  const bare = ['sh', '-ec', 'rsync -a --delete -- "$1/" "$2/"; sync -f "$2"', 'sh', source, join(path, 'bare')];
  return {
    nbkp: { backUp: async () => (await world.nbkp(['run'], { quiet: true })).ms },
    bare: { backUp: async () => (await run(bare, { quiet: true })).ms },
    remove: () => rmSync(path, { recursive: true }),
  };
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { treeSpec, World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, spread } from './support/statistics.ts';
import { makeTree } from './support/tree.ts';

const SNAPSHOTS = 300;
const FILES = 20;
const LIMIT = 1.5;
const DAY_MS = 86_400_000;

/** Snapshots that retention does not keep, against `rm -rf` of as many trees of the same hard links. */
export async function prune({ scratch, quick }: Bench): Promise<void> {
  const count = quick ? 20 : SNAPSHOTS;
  progress(`prune: ${count} snapshots of ${FILES} files`);
  const path = scratch.folder('prune');
  makeTree(join(path, 'source'), FILES);
  mkdirSync(join(path, 'drive'));
  const world = new World(path, treeSpec(`${path}/source`, `${path}/drive`, ['mode = "hard-link"', 'keep.last = 1']));
  await world.nbkp(['prepare', '--yes'], { quiet: true });
  await world.nbkp(['run'], { quiet: true });
  const latest = join(path, 'drive', readlinkSync(join(path, 'drive', 'latest')));
  const times = { prune: [] as number[], idle: [] as number[], start: [] as number[], rm: [] as number[] };
  const words = ['snapshots', 'prune', '--yes'];
  const arms = {
    rm: async () => {
      copies(latest, scratch.folder('prune', 'bare'), count);
      await run(['sync']);
      times.rm.push((await run(['rm', '-rf', join(path, 'bare')])).ms);
    },
    prune: async () => {
      copies(latest, join(path, 'drive', 'snapshots'), count);
      await run(['sync']);
      times.prune.push((await world.nbkp(words, { quiet: true })).ms);
      const left = readdirSync(join(path, 'drive', 'snapshots')).length;
      if (left !== 1) throw new Error(`${left} snapshots are left in place of 1`);
      times.idle.push((await world.nbkp(words, { quiet: true })).ms);
      times.start.push((await world.nbkp(['--version'], { quiet: true })).ms);
    },
  };
  for (let round = 0; round < (quick ? 1 : 7); round++) {
    for (const name of round % 2 === 0 ? (['rm', 'prune'] as const) : (['prune', 'rm'] as const)) await arms[name]();
  }
  const compared = times.prune.map((ms, index) => (ms - (times.start[index] ?? NaN)) / (times.rm[index] ?? NaN));
  table(
    `Prune: ${count} snapshots of ${FILES} files`,
    ['rm -rf', 'nbkp snapshots prune', 'with nothing to prune', 'a start', '(nbkp − start) ÷ rm (range)', 'target'],
    [
      [
        ...[times.rm, times.prune, times.idle, times.start].map((each) => milliseconds(median(each))),
        ...[spread(compared), target(median(compared), LIMIT)],
      ],
    ],
  );
}

function copies(snapshot: string, folder: string, count: number): void {
  for (let index = 0; index < count; index++) {
    const name = new Date(Date.UTC(2020, 0, 1) + index * DAY_MS).toISOString();
    execFileSync('cp', ['-al', snapshot, join(folder, name)]);
  }
}

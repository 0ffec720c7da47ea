import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { treeSpec, World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { makeTree } from './support/tree.ts';

/** A million entries in 30 snapshots. */
const SIZE = '30x33000';
const LIMIT = 1.5;
const MEMORY_LIMIT = 120;
/** What restoring one file may take, in starts of the command. */
const STARTS = 3;
/** One of a hundred. */
const NAME = 'file-42';
const DAY_MS = 86_400_000;

/** A name in all snapshots of a sync, against GNU find over the same folders, which says as much of what it finds. */
export async function find({ scratch, quick, size = quick ? '3x500' : SIZE }: Bench): Promise<void> {
  const [snapshots = 0, files = 0] = size.split('x').map(Number);
  progress(`find: ${snapshots} snapshots of ${files} files`);
  const path = scratch.folder('find');
  makeTree(join(path, 'source'), files);
  scratch.folder('find', 'drive');
  const world = new World(path, treeSpec(`${path}/source`, `${path}/drive`, ['mode = "hard-link"']));
  await world.nbkp(['prepare', '--yes'], { quiet: true });
  await world.nbkp(['run'], { quiet: true });
  const folder = join(path, 'drive', 'snapshots');
  addSnapshots(join(path, 'drive'), snapshots - 1);
  const words = ['find', NAME, '--json'];
  const bare = ['find', folder, '-name', NAME, '-printf', '%y/%s/%T@/%i/%p\\0'];
  const times = { nbkp: [] as number[], find: [] as number[] };
  // The first reads the disk and keeps compiled code.
  await world.nbkp(words, { quiet: true });
  for (let round = 0; round < (quick ? 1 : 7); round++) {
    times.find.push((await run(bare, { cwd: path, env: world.env, quiet: true })).ms);
    times.nbkp.push((await world.nbkp(words, { quiet: true })).ms);
  }
  const { peakMiB } = await world.withMemory(words, { quiet: true });
  const compared = ratios(times.nbkp, times.find);
  await oneFile(world, path, quick ? 1 : 7);
  table(
    `Find: a name in ${snapshots} snapshots of ${files} files`,
    ['GNU find', 'nbkp find', 'nbkp ÷ find (range)', 'target', 'peak memory', 'target'],
    [
      [
        ...[milliseconds(median(times.find)), milliseconds(median(times.nbkp))],
        ...[spread(compared), target(median(compared), LIMIT)],
        ...[`${peakMiB.toFixed(0)} MiB`, target(peakMiB, MEMORY_LIMIT)],
      ],
    ],
  );
}

/** One file out of them all, against what it takes to start the command. */
async function oneFile(world: World, path: string, rounds: number): Promise<void> {
  const [file = ''] = execFileSync('find', ['.', '-name', NAME, '-printf', '%P\\0'], {
    cwd: join(path, 'source'),
    encoding: 'utf8',
  }).split('\0');
  const times = { start: [] as number[], restore: [] as number[] };
  await world.nbkp(['--version'], { quiet: true });
  for (let round = 0; round <= rounds; round++) {
    const start = await world.nbkp(['--version'], { quiet: true });
    const words = ['restore', 'tree', file, '--to', join(path, `restored-${round}`), '--yes'];
    const restore = await world.nbkp(words, { quiet: true });
    // The first keeps compiled code.
    if (round === 0) continue;
    times.start.push(start.ms);
    times.restore.push(restore.ms);
  }
  const compared = ratios(times.restore, times.start);
  table(
    'Restore: one file of them all',
    ['nbkp --version', 'nbkp restore', 'restore ÷ start (range)', 'target'],
    [
      [
        ...[milliseconds(median(times.start)), milliseconds(median(times.restore))],
        ...[spread(compared), target(median(compared), STARTS)],
      ],
    ],
  );
}

/** More snapshots after the one that is there, as runs in which nothing changed make them. */
function addSnapshots(drive: string, count: number): void {
  const [, first = ''] = readlinkSync(join(drive, 'latest')).split('/');
  for (let day = 1; day <= count; day++) {
    const name = new Date(Date.parse(first) - day * DAY_MS).toISOString();
    execFileSync('cp', ['-al', join(drive, 'snapshots', first), join(drive, 'snapshots', name)]);
  }
}

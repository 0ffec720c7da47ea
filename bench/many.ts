import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { makeTree } from './support/tree.ts';

const SYNCS = 200;
const FILES = 20;
/** How many times as long as bare rsync in a row each may take. */
const LIMITS = { run: 0.9, preview: 1.4 };

const BARE = `
  shift
  for name; do rsync -a --delete "--exclude=.nbkp-*" "laptop/$name/" "bare/$name/"; done`;

/** Many small local syncs with nothing to copy, against as many bare rsyncs in a row: in memory, and on the disk that is here. */
export async function many(bench: Bench): Promise<void> {
  const memory = bench.scratch.mountpoint('many');
  const mounted = await run(['mount', '-t', 'tmpfs', 'nbkp-bench', memory], { codes: [0, 1, 32] });
  if (mounted.code === 0) await manyIn(memory, 'in memory', bench);
  await manyIn(bench.scratch.folder('many'), 'on disk', bench);
}

async function manyIn(path: string, where: string, { quick, size }: Bench): Promise<void> {
  const count = quick ? 5 : Number(size?.split('x')[1] ?? SYNCS);
  const rounds = quick ? 1 : Number(size?.split('x')[0] ?? 7);
  progress(`many: ${count} syncs of ${FILES} files, ${where}`);
  const names = Array.from({ length: count }, (_, index) => `s${index}`);
  for (const name of names) makeTree(join(path, 'laptop', name), FILES);
  for (const folder of ['drive', 'bare']) mkdirSync(join(path, folder));
  const world = new World(path, specIn(path, names));
  await world.nbkp(['prepare', '--yes'], { quiet: true });
  const arms = {
    bare: async () => (await run(['sh', '-ec', BARE, 'sh', path, ...names], { cwd: path, quiet: true })).ms,
    run: async () => (await world.nbkp(['run'], { quiet: true })).ms,
    preview: async () => (await world.nbkp(['apply', '--yes', '--files'], { quiet: true })).ms,
  };
  const order = ['bare', 'run', 'preview'] as const;
  // The first copies everything.
  await arms.bare();
  await arms.run();
  const times: Record<keyof typeof arms, number[]> = { bare: [], run: [], preview: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? order : order.toReversed()) times[name].push(await arms[name]());
  }
  table(
    `Many: ${count} syncs of ${FILES} files, nothing changed, ${where}; bare rsync in a row takes ${milliseconds(median(times.bare))}`,
    ['what', 'median', '÷ bare rsync (range)', 'target'],
    (['run', 'preview'] as const).map((name) => {
      const compared = ratios(times[name], times.bare);
      const what = name === 'run' ? 'nbkp run' : 'nbkp apply --files';
      return [what, milliseconds(median(times[name])), spread(compared), target(median(compared), LIMITS[name])];
    }),
  );
}

function specIn(path: string, names: readonly string[]): string {
  const syncs = names.map((name) => `[syncs.${name}]\nsource = "laptop:${name}"\ndestination = "drive:${name}"\n`);
  return `version = 1
[volumes.laptop]
path = "${path}/laptop"
[volumes.drive]
path = "${path}/drive"
${syncs.join('')}`;
}

import { join } from 'node:path';
import { pair, type Times } from './apply.ts';
import type { Bench } from './main.ts';
import { freshArms, remoteArms, type Arms } from './support/arms.ts';
import { progress, table, target } from './support/report.ts';
import { startServer } from './support/slow-server.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { changeTree, makeTree } from './support/tree.ts';

const FILES = 100_000;
type Targets = Readonly<Record<string, number>>;
const TARGETS: Targets = { 'nothing changed': 0.3, '1 % changed, in every folder': 0.4 };
/** For what changes nobody has set one. */
const REMOTE: Targets = { 'nothing changed': 0.2, '1 % changed, in every folder': NaN };
const DELAY = 50;

/** Hard-link snapshots that begin as links to all of the last one, compared with `rsync --link-dest` and what makes a copy safe. */
export async function snapshots(bench: Bench): Promise<void> {
  await measure(bench, 'here', TARGETS, (path, source) => freshArms('hard-link', path, source));
}

/** The same with a destination on a server that is far away. */
export async function remoteSnapshots(bench: Bench): Promise<void> {
  const server = await startServer(bench.scratch.folder('snapshots', 'server'), DELAY);
  try {
    const where = `on a server ${DELAY} ms away`;
    await measure(bench, where, REMOTE, (path, source) => remoteArms(path, source, server));
  } finally {
    server.stop();
  }
}

async function measure(
  { scratch, quick, size }: Bench,
  where: string,
  targets: Targets,
  make: (path: string, source: string) => Promise<Arms>,
): Promise<void> {
  const files = quick ? 5_000 : Number(size?.split('x')[1] ?? FILES);
  const rounds = quick ? 1 : Number(size?.split('x')[0] ?? 7);
  progress(`snapshots: making ${files} files`);
  const source = scratch.folder('snapshots', 'source');
  makeTree(source, files);
  const arms = await make(join(scratch.path, 'snapshots', 'world'), source);
  await arms.nbkp.backUp();
  await arms.bare.backUp();
  const times: Times = new Map();
  for (let round = 1; round <= rounds; round++) {
    progress(`snapshots: round ${round}`);
    for (const what of Object.keys(targets)) {
      if (what !== 'nothing changed') changeTree(source, round);
      await pair(times, what, arms, round);
    }
  }
  table(
    `Snapshots ${where}: ${files} files of 1 KiB, nbkp run against rsync --link-dest and sync -f, ${rounds} rounds`,
    ['what', 'nbkp', 'bare', 'nbkp ÷ bare (range)', 'target'],
    [...times].map(([what, { nbkp, bare }]) => [
      what,
      milliseconds(median(nbkp)),
      milliseconds(median(bare)),
      spread(ratios(nbkp, bare)),
      Number.isNaN(targets[what]) ? '' : target(median(ratios(nbkp, bare)), targets[what] ?? NaN),
    ]),
  );
  arms.remove();
}

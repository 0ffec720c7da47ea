import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { treeSpec, World } from './support/nbkp.ts';
import { btrbk, rsnapshot, type Peer } from './support/peers.ts';
import { run } from './support/process.ts';
import { progress, table } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { changeTree, makeTree } from './support/tree.ts';

const FILES = 100_000;
const SUBVOLUMES = 10;
const AT_LEAST = 1.5;

interface Contest {
  what: string;
  peer: Peer;
  world: World;
  /** What happens before each round. */
  change?: (round: number) => void;
}

/** What other tools take for the same work: a snapshot of many files, and snapshots of many small subvolumes. */
export async function peers({ scratch, quick, size }: Bench): Promise<void> {
  const files = quick ? 5_000 : Number(size?.split('x')[1] ?? FILES);
  const rounds = quick ? 1 : Number(size?.split('x')[0] ?? 7);
  const source = scratch.folder('peers', 'source');
  progress(`peers: making ${files} files`);
  makeTree(source, files);
  const tree = worldIn(scratch.folder('peers', 'tree'), (path) => treeSpec(source, path, ['mode = "hard-link"']));
  const copying = await rsnapshot(scratch.folder('peers'), [source], ['link_dest', '0']);
  const subvolumes = await btrbk(scratch, SUBVOLUMES);
  const contests: Contest[] = [];
  if (copying !== null) {
    const rsnapshotOf = `rsnapshot (cp -al and rsync), ${files} files`;
    contests.push({ what: `${rsnapshotOf}, nothing changed`, peer: copying, world: tree });
    contests.push({
      ...{ what: `${rsnapshotOf}, 1 % changed`, peer: copying, world: tree },
      change: (round) => changeTree(source, round),
    });
  }
  if (subvolumes !== null) {
    const { mount } = subvolumes;
    const world = worldIn(join(mount, 'nbkp'), (path) => subvolumesSpec(mount, path));
    contests.push({ what: `btrbk run, ${SUBVOLUMES} subvolumes`, peer: subvolumes, world });
  }
  const rows: string[][] = [];
  for (const contest of contests) rows.push(await measure(contest, rounds));
  table(
    `Peers: the same work, ${rounds} rounds`,
    ['what', 'peer', 'nbkp', 'peer ÷ nbkp (range)', `≥ ${AT_LEAST}`],
    rows,
  );
}

async function measure({ what, peer, world, change }: Contest, rounds: number): Promise<string[]> {
  await world.nbkp(['prepare', '--yes'], { quiet: true });
  const arms = {
    peer: async () => (await run([...peer.run], { cwd: world.path, env: world.env, quiet: true })).ms,
    nbkp: async () => (await world.nbkp(['run'], { quiet: true })).ms,
  };
  const times: Record<keyof typeof arms, number[]> = { peer: [], nbkp: [] };
  await arms.peer();
  await arms.nbkp();
  for (let round = 1; round <= rounds; round++) {
    progress(`peers: ${what}, round ${round}`);
    change?.(round);
    for (const name of round % 2 === 0 ? (['peer', 'nbkp'] as const) : (['nbkp', 'peer'] as const)) {
      await run(['sync']);
      times[name].push(await arms[name]());
    }
  }
  const compared = ratios(times.peer, times.nbkp);
  const took = [milliseconds(median(times.peer)), milliseconds(median(times.nbkp))];
  return [what, ...took, spread(compared), median(compared) >= AT_LEAST ? 'met' : 'MISSED'];
}

function worldIn(path: string, spec: (drive: string) => string): World {
  const drive = join(path, 'drive');
  mkdirSync(drive, { recursive: true });
  return new World(path, spec(drive));
}

function subvolumesSpec(mount: string, drive: string): string {
  const names = Array.from({ length: SUBVOLUMES }, (_, index) => `s${index}`);
  const syncs = names.map(
    (name) => `[syncs.${name}]\nsource = "data:${name}"\ndestination = "drive:${name}"\nsnapshots.mode = "btrfs"\n`,
  );
  return `version = 1\n[volumes.data]\npath = "${mount}/data"\n[volumes.drive]\npath = "${drive}"\n${syncs.join('')}`;
}

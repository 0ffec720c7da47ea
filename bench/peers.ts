import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { treeSpec, World } from './support/nbkp.ts';
import { btrbk, rsnapshot, type Peer } from './support/peers.ts';
import { run } from './support/process.ts';
import { progress, table } from './support/report.ts';
import type { Scratch } from './support/scratch.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { changeTree, makeTree } from './support/tree.ts';

const FILES = 100_000;
const SUBVOLUMES = 10;
const SENDER = 'nbkp-btrfs-send';
const AT_LEAST = 1.5;

interface Contest {
  what: string;
  peer: Peer;
  world: World;
  /** What nbkp is told to run; all without it. */
  only?: readonly string[];
  /** What belongs to the work and nbkp does not do. */
  before?: readonly string[];
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
    const what = `btrbk run, ${SUBVOLUMES} subvolumes`;
    contests.push({ what: `${what}, compared by rsync`, peer: subvolumes, world });
    contests.push({ what: `${what}, sent`, peer: subvolumes, ...(await sending(scratch, mount)) });
  }
  const rows: string[][] = [];
  for (const contest of contests) rows.push(await measure(contest, rounds));
  table(
    `Peers: the same work, ${rounds} rounds`,
    ['what', 'peer', 'nbkp', 'peer ÷ nbkp (range)', `≥ ${AT_LEAST}`],
    rows,
  );
}

async function measure({ what, peer, world, change, ...more }: Contest, rounds: number): Promise<string[]> {
  await world.nbkp(['prepare', '--yes'], { quiet: true });
  const { only = [], before } = more;
  const arms = {
    peer: async () => (await run([...peer.run], { cwd: world.path, env: world.env, quiet: true })).ms,
    nbkp: async () => {
      const ms = before === undefined ? 0 : (await run(before, { quiet: true })).ms;
      return ms + (await world.nbkp(['run', ...only.flatMap((name) => ['--only', name])], { quiet: true })).ms;
    },
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

/** Makes the snapshots that nbkp sends. */
const SNAPSHOTS = `
name=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)
for hub in "$1"/hub/*; do
  btrfs -q subvolume snapshot -r "$1/data/\${hub##*/}" "$hub/snapshots/$name"
  ln -s "snapshots/$name" "$hub/latest.new"
  mv -T "$hub/latest.new" "$hub/latest"
done`;

/** The same work: a snapshot of each, which is sent. nbkp sends those of another sync, here without running that. */
async function sending(scratch: Scratch, mount: string): Promise<Pick<Contest, 'world' | 'only' | 'before'>> {
  const path = scratch.folder('peers', 'sending');
  writeFileSync(join(path, 'package.json'), '{ "dependencies": { "nbkp-btrfs-send": "1" } }');
  symlinkSync(
    join(process.cwd(), 'packages', 'btrfs-send'),
    join(scratch.folder('peers', 'sending', 'node_modules'), SENDER),
  );
  for (const name of ['hub', 'sent']) mkdirSync(join(mount, name));
  const volumes = ['data', 'hub', 'sent'].map((name) => `volumes.${name}.path = "${mount}/${name}"\n`);
  const names = Array.from({ length: SUBVOLUMES }, (_, index) => `s${index}`);
  const syncs = names.map(
    (name) => `[syncs.${name}]
source = "data:${name}"
destination = "hub:${name}"
snapshots.mode = "btrfs"
[syncs.${name}-sent]
source = "hub:${name}"
destination = "sent:${name}"
snapshots.mode = "btrfs"
transfer = "btrfs-send"
`,
  );
  const world = new World(path, `version = 1\n${volumes.join('')}${syncs.join('')}`);
  await world.nbkp(['plugins', 'trust', SENDER], { quiet: true });
  await world.nbkp(['prepare', '--yes'], { quiet: true });
  await world.nbkp(['run'], { quiet: true });
  return { world, only: names.map((name) => `${name}-sent`), before: ['sh', '-ec', SNAPSHOTS, 'sh', mount] };
}

function subvolumesSpec(mount: string, drive: string): string {
  const names = Array.from({ length: SUBVOLUMES }, (_, index) => `s${index}`);
  const syncs = names.map(
    (name) => `[syncs.${name}]\nsource = "data:${name}"\ndestination = "drive:${name}"\nsnapshots.mode = "btrfs"\n`,
  );
  return `version = 1\n[volumes.data]\npath = "${mount}/data"\n[volumes.drive]\npath = "${drive}"\n${syncs.join('')}`;
}

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { isInstalled } from './support/machine.ts';
import { World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import type { Scratch } from './support/scratch.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { makeTree, workOnTree } from './support/tree.ts';

const FILES = 100_000;
const ARMS = ['send', 'rsync'] as const;
type Arm = (typeof ARMS)[number];

/** What may make a difference: how far the changes lie apart, and whether the drive has just been plugged in. */
interface Case {
  changes: 'in few folders' | 'in each folder';
  drive: 'just plugged in' | 'in memory';
}

const CASES: readonly Case[] = (['in few folders', 'in each folder'] as const).flatMap((changes) =>
  (['just plugged in', 'in memory'] as const).map((drive) => ({ changes, drive })),
);

/** Milliseconds: of the executor's steps, and of the whole command. */
interface Took {
  steps: number;
  command: number;
}

/** A chain from one btrfs to another: the executor btrfs-send, compared with rsync, when 1 % of the files have changed. */
export async function replica({ scratch, quick }: Bench): Promise<void> {
  if (process.getuid?.() !== 0 || !isInstalled('btrfs')) throw new Error('replica needs root and btrfs-progs');
  const files = quick ? 5_000 : FILES;
  const world = await makeWorld(scratch, files);
  progress('replica: first copies');
  await world.nbkp(['run'], { quiet: true });
  const rows: string[][] = [];
  let changed = 0;
  for (const each of CASES) {
    const took: Record<Arm, Took[]> = { send: [], rsync: [] };
    for (let round = 1; round <= (quick ? 1 : 5); round++) {
      progress(`replica: ${each.changes}, ${each.drive}: round ${round}`);
      workOnTree(join(world.path, 'laptop', 'photos'), ++changed, each.changes === 'in few folders');
      await world.nbkp(['run', '--only', 'photos'], { quiet: true });
      await run(['sync']);
      for (const arm of round % 2 === 0 ? ARMS : ARMS.toReversed()) {
        if (each.drive === 'just plugged in') await plugInAgain(world, scratch);
        took[arm].push(await time(world, arm));
      }
      await expectSame(scratch);
    }
    rows.push(rowOf(each, took));
  }
  const head = [
    '1 % changed',
    'drive',
    'btrfs-send',
    'rsync',
    'steps: ratio (range)',
    'nbkp run: ratio (range)',
    'target',
  ];
  table(`A replica of ${files} files: btrfs-send compared with rsync and btrfs snapshots`, head, rows);
}

async function time(world: World, arm: Arm): Promise<Took> {
  const { stdout, ms } = await world.nbkp(['run', '--only', arm, '--json']);
  const { steps } = JSON.parse(stdout) as { steps: { durationMs: number }[] };
  return { steps: steps.reduce((sum, { durationMs }) => sum + durationMs, 0), command: ms };
}

function rowOf({ changes, drive }: Case, { send, rsync }: Record<Arm, Took[]>): string[] {
  const of = (took: readonly Took[], what: keyof Took): number[] => took.map((each) => each[what]);
  const steps = ratios(of(send, 'steps'), of(rsync, 'steps'));
  const commands = ratios(of(send, 'command'), of(rsync, 'command'));
  const times = [send, rsync].map((took) => milliseconds(median(of(took, 'steps'))));
  return [changes, drive, ...times, spread(steps), spread(commands), target(median(steps), 0.1)];
}

/** Whose copies are to be the same has to copy the same: btrfs-send leaves out no ACL, attribute or hard link. */
const SAME = ['-HAX'];

async function makeWorld(scratch: Scratch, files: number): Promise<World> {
  const path = scratch.folder('replica');
  for (const name of ['hub', 'usb']) {
    await run(['truncate', '-s', '4G', imageOf(path, name)]);
    await run(['mkfs.btrfs', '-q', imageOf(path, name)], { quiet: true });
    await run(['mount', '-o', 'loop', imageOf(path, name), scratch.mountpoint(name)]);
  }
  mkdirSync(join(path, 'laptop'));
  makeTree(join(path, 'laptop', 'photos'), files);
  // Beside the spec, as in a project that brings its plugins along.
  writeFileSync(join(path, 'package.json'), '{ "dependencies": { "nbkp-btrfs-send": "1" } }');
  mkdirSync(join(path, 'node_modules'));
  symlinkSync(join(process.cwd(), 'packages', 'btrfs-send'), join(path, 'node_modules', 'nbkp-btrfs-send'));
  const world = new World(
    path,
    `version = 1
volumes.laptop.path = "${path}/laptop"
volumes.hub.path = "${scratch.mountpoint('hub')}"
volumes.usb.path = "${scratch.mountpoint('usb')}"
syncs.photos = { source = "laptop:photos", destination = "hub:photos", snapshots.mode = "btrfs" }
syncs.send = { source = "hub:photos", destination = "usb:send", transfer = "btrfs-send", snapshots.mode = "btrfs" }
[syncs.rsync]
source = "hub:photos"
destination = "usb:rsync"
rsync.extra-options = ${JSON.stringify(SAME)}
snapshots.mode = "btrfs"
`,
  );
  await world.nbkp(['plugins', 'trust', 'nbkp-btrfs-send'], { quiet: true });
  await world.nbkp(['prepare', '--yes'], { quiet: true });
  return world;
}

function imageOf(path: string, name: string): string {
  return join(path, `${name}.img`);
}

/** Nothing of the drive is in memory then: neither what btrfs keeps of it, nor of the file that it is in (dd(1)). */
async function plugInAgain({ path }: World, scratch: Scratch): Promise<void> {
  const image = imageOf(path, 'usb');
  await run(['umount', scratch.mountpoint('usb')]);
  await run(['dd', `if=${image}`, 'iflag=nocache', 'count=0', 'status=none']);
  await run(['mount', '-o', 'loop', image, scratch.mountpoint('usb')]);
}

/** What btrfs send leaves: the receiver makes new files in the top folder first, and nobody sets its time again. */
const TOP_FOLDER = '.d..t...... ./\n';

/** Contents, modes, owners, times, links: rsync would find nothing to do. */
async function expectSame(scratch: Scratch): Promise<void> {
  const [hub, usb] = [scratch.mountpoint('hub'), scratch.mountpoint('usb')];
  for (const copy of ['send', 'rsync']) {
    const compare = ['rsync', '-a', ...SAME, '--delete', '--dry-run', '--itemize-changes'];
    const { stdout } = await run([...compare, `${hub}/photos/latest/`, `${usb}/${copy}/latest/`]);
    if (stdout.replace(TOP_FOLDER, '') !== '')
      throw new Error(`${copy} is not the same as its source:\n${stdout.slice(0, 1000)}`);
  }
}

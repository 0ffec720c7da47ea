import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { isInstalled } from './support/machine.ts';
import { World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import type { Scratch } from './support/scratch.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';
import { changeTree, makeTree } from './support/tree.ts';

const FILES = 100_000;

/** A chain from one btrfs to another: the executor btrfs-send, compared with rsync, when 1 % of the files have changed. */
export async function replica({ scratch, quick }: Bench): Promise<void> {
  if (process.getuid?.() !== 0 || !isInstalled('btrfs')) throw new Error('replica needs root and btrfs-progs');
  const files = quick ? 5_000 : FILES;
  const world = await makeWorld(scratch, files);
  const times: { send: number[]; rsync: number[] } = { send: [], rsync: [] };
  for (let round = 0; round <= (quick ? 1 : 5); round++) {
    progress(round === 0 ? 'replica: first copies' : `replica: round ${round}`);
    if (round > 0) changeTree(join(world.path, 'laptop', 'photos'), round);
    await world.nbkp(['run', '--only', 'photos'], { quiet: true });
    await run(['sync']);
    const arms: (keyof typeof times)[] = round % 2 === 0 ? ['send', 'rsync'] : ['rsync', 'send'];
    for (const arm of arms) {
      const { ms } = await world.nbkp(['run', '--only', arm], { quiet: true });
      if (round > 0) times[arm].push(ms);
    }
    await expectSame(scratch);
  }
  report(times, files);
}

async function makeWorld(scratch: Scratch, files: number): Promise<World> {
  const path = scratch.folder('replica');
  for (const name of ['hub', 'usb']) await makeBtrfs(path, name, scratch.mountpoint(name));
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
syncs.rsync = { source = "hub:photos", destination = "usb:rsync", snapshots.mode = "btrfs" }
`,
  );
  await world.nbkp(['prepare', '--yes'], { quiet: true });
  return world;
}

async function makeBtrfs(path: string, name: string, mountpoint: string): Promise<void> {
  const image = join(path, `${name}.img`);
  await run(['truncate', '-s', '4G', image]);
  await run(['mkfs.btrfs', '-q', image], { quiet: true });
  await run(['mount', '-o', 'loop', image, mountpoint]);
}

/** What btrfs send leaves: the receiver makes new files in the top folder first, and nobody sets its time again. */
const TOP_FOLDER = '.d..t...... ./\n';

/** Contents, modes, owners, times, links: rsync would find nothing to do. */
async function expectSame(scratch: Scratch): Promise<void> {
  const [hub, usb] = [scratch.mountpoint('hub'), scratch.mountpoint('usb')];
  for (const copy of ['send', 'rsync']) {
    const compare = ['rsync', '-aHAX', '--delete', '--dry-run', '--itemize-changes'];
    const { stdout } = await run([...compare, `${hub}/photos/latest/`, `${usb}/${copy}/latest/`]);
    if (stdout.replace(TOP_FOLDER, '') !== '')
      throw new Error(`${copy} is not the same as its source:\n${stdout.slice(0, 1000)}`);
  }
}

function report({ send, rsync }: { send: number[]; rsync: number[] }, files: number): void {
  const times = ratios(send, rsync);
  table(
    `A replica of ${files} files, 1 % of them changed`,
    ['nbkp run with', 'time', 'compared with', 'time', 'ratio (range)', 'target'],
    [
      [
        'btrfs-send',
        milliseconds(median(send)),
        'rsync and btrfs snapshots',
        milliseconds(median(rsync)),
        spread(times),
        target(median(times), 0.1),
      ],
    ],
  );
}

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../src/planner/model/plan.ts';
import { treeSpec, World } from './nbkp.ts';
import { run } from './process.ts';
import { sshTables, type SlowServer } from './slow-server.ts';

export type Mode = 'none' | 'hard-link' | 'btrfs';

/** One of the two that do the same, each on a destination of its own. */
export interface Arm {
  /** Runs once to its end; milliseconds. */
  backUp(): Promise<number>;
}

export interface Arms {
  nbkp: Arm;
  bare: Arm;
  /** Removes both destinations. */
  remove(): void;
}

/** What somebody writes who wants the same from rsync: a copy that has reached the disk. */
const BARE: Readonly<Record<Mode, string>> = {
  none: `
    root=$1 source=$2
    shift 4
    rsync "$@" -- "$source" "$root/"
    sync -f "$root"`,
  btrfs: `
    root=$1 source=$2 name=$3
    shift 4
    mkdir -p "$root/snapshots"
    [ -e "$root/staging" ] || btrfs -q subvolume create "$root/staging"
    rsync "$@" -- "$source" "$root/staging/"
    sync -f "$root"
    btrfs -q subvolume snapshot -r "$root/staging" "$root/snapshots/$name"`,
  'hard-link': `
    root=$1 source=$2 name=$3 previous=$4
    shift 4
    mkdir -p "$root/snapshots/.partial-$name"
    rsync "$@" \${previous:+--link-dest="$root/snapshots/$previous"} -- "$source" "$root/snapshots/.partial-$name/"
    sync -f "$root"
    mv -T "$root/snapshots/.partial-$name" "$root/snapshots/$name"
    ln -s "snapshots/$name" "$root/latest.new"
    mv -T "$root/latest.new" "$root/latest"`,
};

/** The same on a server, in one session: what is there before rsync and after it. */
const BARE_THERE = (root: string, name: string): string => `#!/bin/sh
mkdir -p ${root}/snapshots/.partial-${name}
rsync "$@" || exit
sync -f ${root}
mv -T ${root}/snapshots/.partial-${name} ${root}/snapshots/${name}
ln -s snapshots/${name} ${root}/latest.new
mv -T ${root}/latest.new ${root}/latest
`;

/** What `--rsh` takes. */
export function remoteShell({ words }: SlowServer): string {
  return ['ssh', ...words].map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ');
}

/** Snapshots of hard links on a server. */
export async function remoteArms(path: string, source: string, server: SlowServer): Promise<Arms> {
  const root = join(path, 'bare');
  mkdirSync(join(path, 'nbkp'), { recursive: true });
  mkdirSync(root, { recursive: true });
  const tables = sshTables('server', server.options);
  const world = new World(path, treeSpec(source, `${path}/nbkp`, ['mode = "hard-link"'], tables));
  await world.nbkp(['prepare', '--yes']);
  const flags = (await flagsOf(world)).filter((flag) => !flag.startsWith('--rsh='));
  const rsh = remoteShell(server);
  let last = 0;
  const bare = async (): Promise<number> => {
    const [name, previous] = [`bare-${last + 1}`, last === 0 ? [] : [`--link-dest=${root}/snapshots/bare-${last}`]];
    last += 1;
    writeFileSync(join(path, 'bare-rsync'), BARE_THERE(root, name), { mode: 0o755 });
    const target = `server:${root}/snapshots/.partial-${name}/`;
    const there = [`--rsh=${rsh}`, `--rsync-path=${path}/bare-rsync`];
    return (await run(['rsync', ...flags, ...previous, ...there, '--', `${source}/`, target], { quiet: true })).ms;
  };
  return {
    nbkp: { backUp: async () => (await world.nbkp(['run'], { quiet: true })).ms },
    bare: { backUp: bare },
    remove: () => rmSync(path, { recursive: true }),
  };
}

/**
 * nbkp and bare rsync with fresh destinations in `path` for the same source.
 *
 * @param source an absolute path
 */
export async function freshArms(mode: Mode, path: string, source: string): Promise<Arms> {
  mkdirSync(join(path, 'nbkp'), { recursive: true });
  mkdirSync(join(path, 'bare'), { recursive: true });
  const world = new World(path, treeSpec(source, `${path}/nbkp`, [`mode = "${mode}"`]));
  await world.nbkp(['prepare', '--yes']);
  const flags = await flagsOf(world);
  let last = 0;
  const bare = async (): Promise<number> => {
    const [name, previous] = [`bare-${last + 1}`, last === 0 ? '' : `bare-${last}`];
    last += 1;
    const words = ['sh', '-ec', BARE[mode], 'sh', join(path, 'bare'), `${source}/`, name, previous, ...flags];
    return (await run(words, { quiet: true })).ms;
  };
  return {
    nbkp: { backUp: async () => (await world.nbkp(['run'], { quiet: true })).ms },
    bare: { backUp: bare },
    remove: () => {
      // What is mounted goes with its mount, and a subvolume that cannot be written to with that alone.
      if (mode !== 'btrfs') rmSync(path, { recursive: true });
    },
  };
}

/** The flags of the pass over everything that the plan shows, without what keeps it from deleting. */
async function flagsOf(world: World): Promise<string[]> {
  const plan = JSON.parse((await world.nbkp(['plan', '--json'])).stdout) as Plan;
  const commands = plan.steps.find((step) => step.kind === 'transfer')?.commands ?? [];
  const argv = commands.find((words) => words.includes('--info=progress2') && !words.includes('--files-from=-'));
  if (argv === undefined) throw new Error('the plan has no transfer');
  const flags = argv.slice(1, argv.indexOf('--'));
  return flags.filter((flag) => flag !== '--max-delete=0' && !flag.startsWith('--link-dest='));
}

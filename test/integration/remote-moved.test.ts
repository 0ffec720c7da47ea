import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { KillAt } from '../support/kill-at.ts';
import type { Answer } from '../support/sandbox.ts';
import { describeNeeding } from '../support/ssh/network.ts';
import { LaptopAndServer, until } from '../support/ssh/server.ts';
import { settle } from '../support/transfer.ts';
import { treeOf } from '../support/tree.ts';

const spec = (drive: string): string => `
version = 1
[ssh.hub]
host = "hub.road"
[volumes.laptop]
path = "~/data"
[volumes.hub]
ssh = "hub"
path = "~/backups"
[volumes.drive]
ssh = "hub"
path = ${JSON.stringify(drive)}
[syncs.up]
source = "laptop:pictures"
destination = "hub:pictures"
[syncs.down]
source = "hub:documents"
destination = "laptop:documents"
[syncs.staged]
source = "laptop:films"
destination = "drive:films"
snapshots = { mode = "btrfs", keep.last = 100 }
`;

describeNeeding('btrfs', 'what has another name only, on another host', () => {
  let lab: LaptopAndServer;
  let btrfs: BtrfsMount;

  beforeAll(async () => {
    // The machines have the mounts that are there when they start.
    btrfs = await makeBtrfs();
    lab = await LaptopAndServer.start();
    await lab.laptop.must('mkdir -p ~/data/pictures ~/data/films');
    await lab.hub.must('mkdir -p ~/backups/documents');
    lab.sandbox.writeSpec(spec(btrfs.path));
    expect(lab.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
  });

  afterAll(async () => {
    await lab.stop();
    await btrfs.remove();
  });

  type Name = 'up' | 'down' | 'staged';

  /** Where it reads, where it copies to, and what is made of that. */
  function placesOf(sync: Name): { source: string; copy: string; made: string } {
    if (sync === 'staged') {
      const root = join(btrfs.path, 'films');
      return { source: join(lab.laptop.home, 'data/films'), copy: join(root, 'staging'), made: join(root, 'latest/') };
    }
    const [from, to] = sync === 'up' ? [lab.laptop, lab.hub] : [lab.hub, lab.laptop];
    const at = sync === 'up' ? ['data/pictures', 'backups/pictures'] : ['backups/documents', 'data/documents'];
    const copy = join(to.home, at[1] ?? '');
    return { source: join(from.home, at[0] ?? ''), copy, made: copy };
  }

  const trace = (): string => join(lab.laptop.folder, 'trace');

  function run(sync: Name, env: Record<string, string> = {}): Promise<Answer> {
    rmSync(trace(), { force: true });
    return lab.sandbox.startThrough(lab.laptop.enter, ['run', '--only', sync], { NBKP_TRACE: trace(), ...env }).ended;
  }

  test.each(['up', 'down', 'staged'] as const)('%s: moves no byte, and is whole after a kill', async (sync) => {
    const { source, copy, made } = placesOf(sync);
    const names = ['one', 'two/three', 'new\nline', 'other'];
    mkdirSync(join(source, '0/two'), { recursive: true });
    for (const name of names) writeFileSync(join(source, '0', name), `text of ${name}`);
    const old = (path: string): void => utimesSync(path, 1_700_000_000, 1_700_000_000);
    old(join(source, '0/other'));
    expect(await run(sync)).toMatchObject({ code: 0 });
    /** Of all that gets another name, one that looks like before is another file. */
    let last = 0;
    const rename = (): void => {
      renameSync(join(source, String(last)), join(source, String(last + 1)));
      last += 1;
      writeFileSync(join(source, String(last), 'other'), `text ${String(last).padStart(8)}`);
      old(join(source, String(last), 'other'));
      settle(source);
    };
    const inode = (name: string): number => lstatSync(join(copy, name)).ino;
    const inodes = names.map((name) => inode(`0/${name}`));
    rename();
    const killAt = new KillAt(join(lab.laptop.folder, `programs-${sync}`));
    const moved = await run(sync, killAt.environment(0));
    expect(moved.code).toBe(0);
    expect(moved.stdout).toContain('3 files, 44 B moved');
    expect(await treeOf(made)).toEqual(await treeOf(source));
    expect(names.map((name, index) => inode(`1/${name}`) === inodes[index])).toEqual([true, true, true, false]);
    const traced = readFileSync(trace(), 'utf8');
    expect(traced).toContain(`${sync === 'down' ? 'local' : 'ssh:hub'}: exit 0, `);
    // What differs is copied and deleted by its names: no pass looks at everything.
    if (sync !== 'staged') expect(traced).not.toContain('--max-delete=0');

    const programs = killAt.count();
    const step = Number(process.env['NBKP_LINK_SEEDS'] ?? 1) > 1 ? 1 : Math.ceil(programs / 4);
    let killed = 0;
    for (let at = 3; at <= programs; at += step) {
      rename();
      const { signal } = await run(sync, killAt.environment(at));
      killed += signal === 'SIGKILL' ? 1 : 0;
      await until(lab.hub, '! ps -e -o stat=,comm= | grep -v ^Z | grep -Eq "rsync|perl"');
      expect(await run(sync)).toMatchObject({ code: 0 });
      expect(await treeOf(made)).toEqual(await treeOf(source));
    }
    expect(killed).toBeGreaterThan(programs / step / 2);
  });
});

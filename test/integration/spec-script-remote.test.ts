import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { outcome } from '../support/scripted.ts';
import { SHELLS, SpecScript } from '../support/spec-script.ts';
import { HAS_SMALL_BOXES, type SshMachine } from '../support/ssh/machine.ts';
import { describeWithNetwork, needing, Network } from '../support/ssh/network.ts';
import { QUIET, runningOn } from '../support/ssh/server.ts';
import { growTree } from '../support/tree.ts';

const ROUNDS = 8;
const BTRFS = ['btrfs-one', 'btrfs-two'] as const;

type Mode = 'hard-link' | 'btrfs';

/** A hub that only a bastion can reach, and what a shell would make of its path. */
const specOf = (laptop: string, hub: string, mode: Mode): string => `version = 1
[ssh.hub]
host = "hub.inside"
proxy-jump = "bastion"
[ssh.bastion]
host = "bastion.road"
[volumes.laptop]
path = "${laptop}"
[volumes.hub]
ssh = "hub"
path = "${hub}"
[syncs.documents]
source = "laptop:documents"
destination = "hub:-it's $HOME"
snapshots = { mode = "${mode}", keep = { last = 3 } }
[syncs.back]
source = "hub:-it's $HOME"
destination = "laptop:back"
snapshots = { mode = "hard-link", when = "changed", keep = { last = 2 } }
[syncs.mirror]
source = "laptop:mirror"
destination = "hub:mirror"
`;

describeWithNetwork('a script of a spec with a server behind a bastion', () => {
  let network: Network;
  let laptop: SshMachine;
  let hub: SshMachine;
  const drives = new Map<string, BtrfsMount>();

  beforeAll(async () => {
    // Before the machines, which have what is mounted when they start.
    for (const name of BTRFS) drives.set(name, await makeBtrfs(200));
    network = await Network.start('laptop', 'bastion', 'hub');
    [laptop, hub] = [network.machine('laptop'), network.machine('hub')];
    const bastion = network.machine('bastion');
    await network.connect('road', 'laptop', 'bastion');
    await network.connect('inside', 'bastion', 'hub');
    await Promise.all([bastion.startSshd(), hub.startSshd()]);
    bastion.authorize(laptop);
    hub.authorize(laptop);
    laptop.know(bastion, 'bastion.road');
    laptop.know(hub, 'hub.inside');
  });
  afterAll(async () => {
    await network.stop();
    for (const drive of drives.values()) await drive.remove();
  });

  const driveOf = (name: string): string => join(drives.get(name)?.path ?? hub.home, `${name} $(id)'s`);

  function worldOf(name: string, mode: Mode): Sandbox {
    const sandbox = new Sandbox(join(laptop.folder, name), laptop.enter);
    for (const folder of ['documents', 'mirror']) mkdirSync(join(sandbox.root, 'laptop', folder), { recursive: true });
    mkdirSync(driveOf(name), { recursive: true });
    sandbox.writeSpec(specOf(`${sandbox.root}/laptop`, driveOf(name), mode));
    growTree(join(sandbox.root, 'laptop/documents'));
    execFileSync('find', [join(sandbox.root, 'laptop'), '-exec', 'touch', '-h', '-d', '2026-01-01', '{}', '+']);
    const { code, stderr } = sandbox.nbkp('prepare', '--yes');
    expect(code, stderr).toBe(0);
    return sandbox;
  }

  function change({ root }: Sandbox, round: number): void {
    const sandbox = join(root, 'laptop');
    const time = new Date(Date.UTC(2026, 0, 1, 0, 0, round)).toISOString();
    const write = (name: string): void =>
      void execFileSync('sh', ['-c', 'echo "$2" >"$1" && touch -d "$3" "$1"', 'sh', join(sandbox, name), name, time]);
    write(`documents/round-${round}`);
    if (round % 2 === 0) write('mirror/-file\n');
    if (round % 3 === 0) rmSync(join(sandbox, `documents/round-${round - 2}`));
    if (round % 4 === 0) execFileSync('chmod', ['640', join(sandbox, `documents/round-${round}`)]);
    if (round % 5 === 0) renameSync(join(sandbox, `documents/round-${round}`), join(sandbox, 'documents/renamed'));
    execFileSync('touch', ['-d', time, join(sandbox, 'documents'), join(sandbox, 'mirror')]);
  }

  /** What both have in the end, whoever made it. */
  async function alternate(names: readonly [string, string], mode: Mode, rounds: number): Promise<void> {
    const [one, other] = names;
    const [alone, turns] = [worldOf(one, mode), worldOf(other, mode)];
    const script = new SpecScript(turns);
    const since = Math.floor(Date.now() / 1000);
    const seen = async (name: string): Promise<string[]> => [
      // Each subvolume counts its inodes anew: equal ones are no links.
      ...(await outcome(driveOf(name), since)).filter((line) => mode !== 'btrfs' || !line.includes(': linked ')),
      ...(await outcome(join(laptop.folder, name, 'laptop'), since)),
    ];
    for (let round = 1; round <= rounds; round += 1) {
      change(alone, round);
      change(turns, round);
      expect(alone.nbkp('run').code).toBe(0);
      const shell = SHELLS[Math.floor(round / 2) % SHELLS.length] ?? SHELLS[0];
      if (round % 2 === 0) expect(turns.nbkp('run').code).toBe(0);
      else expect(script.run(shell), `round ${round}`).toMatchObject({ code: 0, stderr: '' });
      expect(await seen(other), `round ${round}`).toEqual(await seen(one));
    }
    expect(readdirSync(join(driveOf(other), "-it's $HOME/snapshots"))).toHaveLength(3);
    expect(turns.nbkp('check').code).toBe(0);
    await vi.waitFor(async () => expect(await runningOn(hub)).toEqual(QUIET), { timeout: 120_000 });
  }

  it(`leaves in turns with run what run leaves alone, after ${ROUNDS} rounds`, { timeout: 1_800_000 }, () =>
    alternate(['alone', 'turns'], 'hard-link', ROUNDS),
  );

  it.skipIf(HAS_SMALL_BOXES)(needing('btrfs', 'does so with btrfs'), { timeout: 1_800_000 }, async () => {
    await alternate(BTRFS, 'btrfs', 5);
  });
});

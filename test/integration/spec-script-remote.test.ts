import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { outcome } from '../support/scripted.ts';
import { SHELLS, SpecScript } from '../support/spec-script.ts';
import { HAS_SMALL_BOXES, type SshMachine } from '../support/ssh/machine.ts';
import { describeWithNetwork, Network } from '../support/ssh/network.ts';
import { QUIET, runningOn } from '../support/ssh/server.ts';
import { growTree } from '../support/tree.ts';

/**
 * Twenty of them are made on this machine. Here in six a script, in each shell, and a run make each kind of change and prune
 * after the other; what they decide is decided by the same functions, and that the server's shell has them is what is new.
 */
const ROUNDS = 6;

/** By mode, where its destinations are on the server. */
type Folders = Partial<Record<'hard-link' | 'btrfs', string>>;

/** A hub that only a bastion can reach, and what a shell would make of its path. */
const specOf = (laptop: string, folders: Folders): string => `version = 1
[ssh.hub]
host = "hub.inside"
proxy-jump = "bastion"
[ssh.bastion]
host = "bastion.road"
[volumes.laptop]
path = "${laptop}"
${Object.entries(folders)
  .map(
    ([mode, folder]) => `[volumes.${mode}]
ssh = "hub"
path = "${folder}"
[syncs.documents-${mode}]
source = "laptop:documents"
destination = "${mode}:-it's $HOME"
snapshots = { mode = "${mode}", keep = { last = 3 } }
`,
  )
  .join('')}[syncs.back]
source = "hard-link:-it's $HOME"
destination = "laptop:back"
snapshots = { mode = "hard-link", when = "changed", keep = { last = 2 } }
[syncs.mirror]
source = "laptop:mirror"
destination = "hard-link:mirror"
`;

describeWithNetwork('a script of a spec with a server behind a bastion', () => {
  let network: Network;
  let laptop: SshMachine;
  let hub: SshMachine;
  const drives = new Map<string, BtrfsMount>();

  beforeAll(async () => {
    // Before the machines, which have what is mounted when they start.
    if (!HAS_SMALL_BOXES) for (const name of ['alone', 'turns']) drives.set(name, await makeBtrfs(200));
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

  function foldersOf(name: string): Folders {
    const ending = `${name} $(id)'s`;
    const drive = drives.get(name);
    return {
      'hard-link': join(hub.home, ending),
      ...(drive === undefined ? {} : { btrfs: join(drive.path, ending) }),
    };
  }

  function worldOf(name: string): Sandbox {
    const sandbox = new Sandbox(join(laptop.folder, name), laptop.enter);
    for (const folder of ['documents', 'mirror']) mkdirSync(join(sandbox.root, 'laptop', folder), { recursive: true });
    const folders = foldersOf(name);
    for (const folder of Object.values(folders)) mkdirSync(folder);
    sandbox.writeSpec(specOf(`${sandbox.root}/laptop`, folders));
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
    if (round % 3 === 1) write('mirror/-file\n');
    if (round % 3 === 2) execFileSync('chmod', ['640', join(sandbox, `documents/round-${round}`)]);
    if (round % 3 === 0) {
      rmSync(join(sandbox, `documents/round-${round - 2}`));
      renameSync(join(sandbox, `documents/round-${round}`), join(sandbox, `documents/renamed-${round}`));
    }
    execFileSync('touch', ['-d', time, join(sandbox, 'documents'), join(sandbox, 'mirror')]);
  }

  it(`leaves in turns with run what run leaves alone, after ${ROUNDS} rounds`, { timeout: 1_800_000 }, async () => {
    const [alone, turns] = [worldOf('alone'), worldOf('turns')];
    const script = new SpecScript(turns);
    const since = Math.floor(Date.now() / 1000);
    const seen = async (name: string): Promise<string[]> => {
      const there = Object.entries(foldersOf(name)).map(([mode, path]) => outcome(path, since, mode === 'hard-link'));
      return (await Promise.all([...there, outcome(join(laptop.folder, name, 'laptop'), since)])).flat();
    };
    for (let round = 1; round <= ROUNDS; round += 1) {
      change(alone, round);
      change(turns, round);
      expect(alone.nbkp('run').code).toBe(0);
      const shell = SHELLS[Math.floor(round / 2) % SHELLS.length] ?? SHELLS[0];
      if (round % 2 === 0) expect(turns.nbkp('run').code).toBe(0);
      else expect(script.run(shell), `round ${round}`).toMatchObject({ code: 0, stderr: '' });
      expect(await seen('turns'), `round ${round}`).toEqual(await seen('alone'));
    }
    for (const folder of Object.values(foldersOf('turns')))
      expect(readdirSync(join(folder, "-it's $HOME/snapshots"))).toHaveLength(3);
    expect(turns.nbkp('check').code).toBe(0);
    await vi.waitFor(async () => expect(await runningOn(hub)).toEqual(QUIET), { timeout: 120_000 });
  });
});

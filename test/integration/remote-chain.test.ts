import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { describeNeeding, Network } from '../support/ssh/network.ts';
import type { SshMachine } from '../support/ssh/machine.ts';
import { NASTY_NAMES } from '../support/tempdir.ts';
import { quote } from '../../src/planner/model/quote.ts';

/** The chain that users of the Python tool know, with a server that only a bastion can reach. */
const SPEC = `
version = 1
[ssh.hub]
host = "hub.inside"
proxy-jump = "bastion"
[ssh.bastion]
host = "bastion.road"

[volumes.laptop]
path = "~/data"
[volumes.hub]
ssh = "hub"
path = "~/backups"
[volumes.drive]
ssh = "hub"
path = "~/drive"

[syncs.a-local]
source = "laptop:pictures"
destination = "laptop:history"
snapshots.mode = "hard-link"
filters = [{ exclude = "excluded/" }]
[syncs.b-up]
source = "laptop:history"
destination = "hub:bare"
[syncs.c-btrfs]
source = "hub:bare"
destination = "drive:pictures"
snapshots.mode = "btrfs"
[syncs.d-bare]
source = "drive:pictures"
destination = "hub:second"
[syncs.e-linked]
source = "hub:second"
destination = "hub:linked"
snapshots = { mode = "hard-link", keep.last = 1 }
after = [{ run = ["touch", "/run/after"], on = "hub" }]
[syncs.f-down]
source = "hub:linked"
destination = "laptop:back"
`;

const COPIES = {
  laptop: ['data/history/latest', 'data/back'],
  hub: ['backups/bare', 'drive/pictures/latest', 'backups/second', 'backups/linked/latest'],
};

describeNeeding('btrfs', 'a chain over a server behind a bastion', () => {
  let network: Network;
  let laptop: SshMachine;
  let hub: SshMachine;
  let sandbox: Sandbox;

  beforeAll(async () => {
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
    await hub.must(`mkdir ~/backups ~/drive; truncate -s 200M ~/image; mkfs.btrfs -q ~/image
      mount -o loop,user_subvol_rm_allowed ~/image ~/drive`);
    const files = NASTY_NAMES.map((name) => `echo x >./${quote(name)}`).join('\n');
    await laptop.must(`mkdir -p ~/data/pictures/excluded ~/data/pictures/album; cd ~/data/pictures
      ${files}
      printf x >"$(printf 'not-utf-8-\\377')"; echo no >excluded/no; echo 1 >album/1; ln album/1 album/same; ln -s 1 album/link`);
    sandbox = new Sandbox(laptop.folder);
    sandbox.writeSpec(SPEC);
  });

  afterAll(() => network.stop());

  const nbkp = (...args: string[]): Answer => sandbox.nbkpThrough(laptop.enter, ...args);

  function run(code: number, ...flags: string[]): Record<string, string> {
    const answer = nbkp('run', '--json', ...flags);
    expect({ code: answer.code, why: answer.code === code ? '' : answer.stderr + answer.stdout }).toEqual({
      code,
      why: '',
    });
    const { syncs } = JSON.parse(answer.stdout) as RunRecord;
    return Object.fromEntries(syncs.map(({ name, outcome }) => [name, outcome]));
  }

  const all = (outcome: string) =>
    Object.fromEntries(['a-local', 'b-up', 'c-btrfs', 'd-bare', 'e-linked', 'f-down'].map((name) => [name, outcome]));

  /** Each copy, with what it holds. */
  async function copies(): Promise<string[]> {
    const there = COPIES.hub.map((folder) => treeIn(hub, folder));
    return Promise.all([...COPIES.laptop.map((folder) => treeIn(laptop, folder)), ...there]);
  }

  test('brings the source through all of them, and back', async () => {
    expect(nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
    expect(run(0)).toEqual(all('succeeded'));
    const source = await treeIn(laptop, 'data/pictures', "! -path './excluded*'");
    expect(new Set(await copies())).toEqual(new Set([source]));
    expect(source).toContain('not-utf-8');
    await hub.must('test -e /run/after; cd ~/backups; ls linked/.nbkp-dst linked/.nbkp-src bare/.nbkp-dst');
  });

  test('follows the next change, and prunes on the server', async () => {
    await laptop.must('cd ~/data/pictures; rm album/1; echo 2 >album/2; chmod 600 -- -rf');
    expect(run(0)).toEqual(all('succeeded'));
    const source = await treeIn(laptop, 'data/pictures', "! -path './excluded*'");
    expect(new Set(await copies())).toEqual(new Set([source]));
    expect(await hub.must('ls ~/backups/linked/snapshots | wc -l; ls ~/drive/pictures/snapshots | wc -l')).toBe('1\n2');
  });

  test('with a break in the middle goes on where nothing is missing', async () => {
    await hub.must('mv ~/drive/pictures/.nbkp-dst ~/aside');
    await laptop.must('echo 3 >~/data/pictures/album/3');
    const broken = run(4);
    await hub.must('mv ~/aside ~/drive/pictures/.nbkp-dst');
    expect(broken).toEqual({ ...all('succeeded'), 'c-btrfs': 'skipped' });
    const [, , bare, , second] = await copies();
    expect({ bare: bare?.includes('album/3'), second: second?.includes('album/3') }).toEqual({
      bare: true,
      second: false,
    });
    expect(run(0)).toEqual(all('succeeded'));
    expect(new Set(await copies()).size).toBe(1);
  });

  test('is seen from here: status, snapshots, and a file that is restored', async () => {
    const status = nbkp('status');
    expect(status).toMatchObject({ code: 0, stdout: expect.stringContaining('c-btrfs') });
    const list = nbkp('snapshots', 'list', '--only', 'c-btrfs', '--json');
    expect(list.stdout.match(/"name": "20/g)).toHaveLength(3);
    expect(nbkp('restore', 'c-btrfs', 'album', './-rf', '--to', `${laptop.home}/restored`, '--yes')).toMatchObject({
      code: 0,
    });
    expect(await laptop.must('cat ~/restored/album/3; ls ~/restored')).toBe('3\n-rf\nalbum');
    const again = nbkp('restore', 'c-btrfs', '--to', `${laptop.home}/restored`, '--yes');
    expect(again).toMatchObject({ code: 0 });
    expect(await treeIn(laptop, 'restored')).toBe((await copies())[3]);
  });

  test('is cleaned up from here when a run died there', async () => {
    const link = '.nbkp-latest-2026-01-01T00:00:00.000Z';
    await hub.must(`ln -s snapshots/x ~/backups/linked/${link}`);
    expect(nbkp('recover', '--yes')).toMatchObject({ code: 0 });
    await hub.must(`! test -L ~/backups/linked/${link}`);
  });
});

/** Names, kinds, modes, times and contents below a folder of the home, sentinels aside. */
async function treeIn(machine: SshMachine, folder: string, more = ''): Promise<string> {
  const some = `-mindepth 1 ! -name '.nbkp-*' ${more}`;
  return machine.must(`cd ~/${folder}/ || exit 1
    { find . ${some} -printf '%P %y %m %T@ %l\\0'; find . ${some} -type f -exec sha256sum -z {} +; } | sort -z | tr '\\0' '\\n' | sed 's/\\.[0-9]* / /'`);
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { describeWithNetwork, Network } from '../support/ssh/network.ts';
import type { SshMachine } from '../support/ssh/machine.ts';

/** A hub that only a bastion can reach. */
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

[syncs.to-hub]
source = "laptop:pictures"
destination = "hub:pictures"
snapshots.mode = "hard-link"

[syncs.on-hub]
source = "hub:pictures"
destination = "hub:second"

[syncs.from-hub]
source = "hub:second"
destination = "laptop:third"
snapshots.mode = "hard-link"
`;

describeWithNetwork('a backup to and from a server behind a bastion', () => {
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
    await hub.must('mkdir ~/backups');
    await laptop.must(`mkdir -p ~/data/pictures
      printf 'one' >~/data/pictures/1.jpg; printf 'two' >"$(printf ~/data/pictures/new\\\\nline)"`);
    sandbox = new Sandbox(laptop.folder);
    sandbox.writeSpec(SPEC);
  });

  afterAll(() => network.stop());

  const nbkp = (...args: string[]): Answer => sandbox.nbkpThrough(laptop.enter, ...args);

  test('is prepared, runs each sync where its data is, and leaves nothing running there', async () => {
    expect(nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
    const { code, stdout } = nbkp('run');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('3 succeeded') });
    const copies = ['~/backups/pictures/latest', '~/backups/second'].map((folder) => namesIn(hub, folder));
    const names = await namesIn(laptop, '~/data/pictures');
    expect(await Promise.all([...copies, namesIn(laptop, '~/data/third/latest')])).toEqual([names, names, names]);
    expect(await runningOn(hub)).toEqual(['sleep', 'sshd']);
    // Other tests' machines share /tmp.
    const ours = '/tmp/nbkp-ssh-"$(readlink /proc/self/ns/pid | tr -dc 0-9)"-*';
    expect(await laptop.must(`ls -d ${ours} 2>/dev/null || true`)).toBe('');
  });
});

/** Names and contents below a folder, sentinels aside. */
async function namesIn(machine: SshMachine, folder: string): Promise<string> {
  return machine.must(
    `cd ${folder}/ && find . -type f ! -name '.nbkp-*' -exec sha256sum -z {} + | sort -z | tr '\\0' '|'`,
  );
}

/** Programs that run there; those that ended and wait for a parent do not count. */
async function runningOn(machine: SshMachine): Promise<string[]> {
  const lines = await machine.must('ps -e -o stat=,ppid=,comm= | grep -v ^Z');
  const words = lines.split('\n').map((line) => line.trim().split(/\s+/));
  const own = (parent: string, program: string) => program === 'ps' || program === 'grep' || parent + program === '0sh';
  return words.flatMap(([, parent = '', program = '']) => (own(parent, program) ? [] : [program]));
}

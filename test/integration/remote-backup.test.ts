import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { FindDocument } from '../../src/planner/model/browsing.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { describeWithNetwork, Network } from '../support/ssh/network.ts';
import type { SshMachine } from '../support/ssh/machine.ts';
import { QUIET, runningOn } from '../support/ssh/server.ts';

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

/** Lists those of this machine's nbkp: other tests' machines share /tmp. */
const SOCKETS = 'ls -d /tmp/nbkp-ssh-"$(readlink /proc/self/ns/pid | tr -dc 0-9)"-* 2>/dev/null || true';

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
    await isQuiet(hub);
    expect(await laptop.must(SOCKETS)).toBe('');
  });

  test('is compared, verified and restored from here', async () => {
    await laptop.must(`printf 'three' >~/data/pictures/3.jpg; rm ~/data/pictures/1.jpg`);
    expect(nbkp('run', '--allow-destructive')).toMatchObject({ code: 0 });
    expect(nbkp('snapshots', 'diff', 'to-hub')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/3\.jpg[^]*1\.jpg/),
    });
    const listed = nbkp('ls', 'to-hub', '~/data/pictures/new\\#012line'.replace('~', laptop.home));
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/3 B .* new\\#012line\n$/) });
    expect(nbkp('ls', 'to-hub', '4.jpg')).toMatchObject({ code: 1, stderr: expect.stringContaining('3.jpg') });
    const found = JSON.parse(nbkp('find', '[13n]*', '--json').stdout) as FindDocument;
    expect(found.versions.map(({ sync, path, snapshots }) => `${sync} ${path} ${snapshots.length}`)).toEqual([
      ...[
        'from-hub 1.jpg 1',
        'from-hub 3.jpg 1',
        'from-hub new\\#012line 2',
        'on-hub 3.jpg 0',
        'on-hub new\\#012line 0',
      ],
      ...['to-hub 1.jpg 1', 'to-hub 3.jpg 1', 'to-hub new\\#012line 2'],
    ]);
    expect(nbkp('verify', 'to-hub')).toMatchObject({ code: 0 });
    expect(nbkp('restore', 'to-hub', '--to', `${laptop.home}/back`, '--yes')).toMatchObject({ code: 0 });
    expect(await namesIn(laptop, '~/back')).toBe(await namesIn(laptop, '~/data/pictures'));
    const missing = nbkp('restore', 'to-hub', '3.jgp', '--to', `${laptop.home}/no`, '--yes');
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/path-not-in-snapshot[^]*`3\.jpg`/) });
    await laptop.must('cd ~/back; rm 3.jpg; for name in new*; do printf mine >"$name"; done');
    const back = ['restore', 'to-hub', 'new\\#012line', '?.jpg', '--to', `${laptop.home}/back`, '--yes'];
    expect(nbkp(...back)).toMatchObject({ code: 0, stdout: expect.stringContaining('new\\#012line.') });
    expect(await laptop.must('cat ~/back/new* ~/back/3.jpg')).toBe('minethree');
    expect(nbkp(...back, '--overwrite', 'always')).toMatchObject({ code: 0 });
    expect(await namesIn(laptop, '~/back')).toBe(await namesIn(laptop, '~/data/pictures'));
    expect(nbkp('status')).toMatchObject({ code: 0 });
    expect(nbkp('recover', '--yes')).toMatchObject({ code: 0 });
    const latest = await hub.must('readlink -f ~/backups/pictures/latest');
    // As a disk does it: nobody's clock notices.
    await hub.must(`cd ${latest}; time=$(stat -c %y 3.jpg); printf 'thre3' >3.jpg; touch -d "$time" 3.jpg`);
    expect(nbkp('verify', 'to-hub')).toMatchObject({ code: 1, stdout: expect.stringContaining('3.jpg') });
  });

  test('is planned, and leaves nothing running there though it waits for no good-bye', async () => {
    expect(nbkp('plan')).toMatchObject({ code: 0 });
    expect(await laptop.must(SOCKETS)).toBe('');
    await isQuiet(hub);
  });
});

/** Processes that were told to end take a moment on a busy machine. */
async function isQuiet(machine: SshMachine): Promise<void> {
  await vi.waitFor(async () => expect(await runningOn(machine)).toEqual(QUIET), { timeout: 120_000 });
}

/** Names and contents below a folder, sentinels aside. */
async function namesIn(machine: SshMachine, folder: string): Promise<string> {
  return machine.must(
    `cd ${folder}/ && find . -type f ! -name '.nbkp-*' -exec sha256sum -z {} + | sort -z | tr '\\0' '|'`,
  );
}

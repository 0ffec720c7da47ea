import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { FindDocument } from '../../src/planner/model/browsing.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { describeWithNetwork, Network, type Cable } from '../support/ssh/network.ts';
import type { SshMachine } from '../support/ssh/machine.ts';
import { runningOn, until } from '../support/ssh/server.ts';

const SPEC = `
version = 1
[ssh.box]
host = "box.road"

[volumes.laptop]
path = "~/data"
[volumes.box]
ssh = "box"
path = "~/backups"
[volumes.drive]
ssh = "box"
path = "~/drive"

[syncs.to-box]
source = "laptop:pictures"
destination = "box:pictures"
snapshots = { mode = "hard-link", keep.last = 2 }

[syncs.on-box]
source = "box:pictures"
destination = "box:second"

[syncs.from-box]
source = "box:second"
destination = "laptop:third"
snapshots.mode = "hard-link"

[syncs.to-drive]
source = "laptop:pictures"
destination = "drive:pictures"
snapshots.mode = "hard-link"
`;

const CLAIMS = '~/backups/pictures/.nbkp-lock.claims';

describeWithNetwork('a server that has dropbear, busybox and rsync, and neither flock nor anything of GNU', () => {
  let network: Network;
  let laptop: SshMachine;
  let box: SshMachine;
  let sandbox: Sandbox;
  let road: Cable;
  let drive: string;

  beforeAll(async () => {
    network = await Network.start('laptop', 'box');
    [laptop, box] = [network.machine('laptop'), network.machine('box')];
    road = await network.connect('road', 'laptop', 'box');
    drive = `${box.home}/drive`;
    await box.startSmallBox();
    box.authorize(laptop);
    laptop.know(box, 'box.road');
    await box.must(`mkdir ~/backups ${drive}
      truncate -s 64M ~/drive.img; mkfs.ext4 -q ~/drive.img; mount -o loop ~/drive.img ${drive}`);
    await laptop.must(`mkdir -p ~/data/pictures/sub
      printf 'one' >~/data/pictures/1.jpg; printf 'two' >"$(printf ~/data/pictures/sub/new\\\\nline)"
      printf 'three' >~/data/pictures/3.jpg`);
    sandbox = new Sandbox(laptop.folder);
    sandbox.writeSpec(SPEC);
    succeeds('prepare', '--yes');
  });

  afterAll(() => network.stop());

  const nbkp = (...args: string[]): Answer => sandbox.nbkpThrough(laptop.enter, ...args);
  const succeeds = (...args: string[]): void => {
    const { code, stdout, stderr } = nbkp(...args);
    expect(code, stdout + stderr).toBe(0);
  };

  test('is backed up to, within and from, pruned, and left as quiet as it was', async () => {
    for (let run = 0; run < 3; run += 1) {
      const { code, stdout } = nbkp('run');
      expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('4 succeeded') });
    }
    const copies = ['backups/pictures/latest', 'backups/second', 'drive/pictures/latest'].map((folder) =>
      namesIn(box, `~/${folder}`),
    );
    const names = await namesIn(laptop, '~/data/pictures');
    expect(await Promise.all([...copies, namesIn(laptop, '~/data/third/latest')])).toEqual(Array(4).fill(names));
    expect(await box.must('ls ~/backups/pictures/snapshots | wc -l; stat -c %h ~/backups/pictures/latest/1.jpg')).toBe(
      '2\n2',
    );
    await isQuiet();
    expect(await box.must(`find ~/backups ${drive} -name '*.claims'`)).toBe('');
    succeeds('check');
  });

  test('is listed, searched, verified and restored from', async () => {
    expect(nbkp('ls', 'to-box', 'sub')).toMatchObject({ code: 0, stdout: expect.stringContaining('new\\#012line') });
    const found = JSON.parse(nbkp('find', '1.*', '--only', 'to-box', '--json').stdout) as FindDocument;
    expect(found.versions).toMatchObject([{ path: '1.jpg', size: 3, snapshots: { length: 2 } }]);
    const same = nbkp('snapshots', 'diff', 'to-box');
    expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing changed') });
    for (const name of ['to-box', 'on-box']) {
      const verified = nbkp('verify', name);
      expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/3 of 3[^]*3 as/) });
    }
    succeeds('restore', 'to-box', '--to', `${laptop.home}/back`, '--yes');
    expect(await namesIn(laptop, '~/back')).toBe(await namesIn(laptop, '~/data/pictures'));
    const latest = await box.must('readlink -f ~/backups/pictures/latest');
    // As a disk does it: nobody's clock notices.
    await box.must(
      `cd ${latest}/sub; for f in new*; do time=$(stat -c %y "$f"); printf 'tw2' >"$f"; touch -d "$time" "$f"; done`,
    );
    const bad = nbkp('verify', 'to-box');
    expect(bad).toMatchObject({ code: 1, stdout: expect.stringContaining('sub/new\\#012line') });
    await box.must(`rm ${latest}/sub/new*`);
    expect(nbkp('verify', 'to-box').code).toBe(1);
  });

  test('tells who holds a lock, and is free again when the holder was killed', async () => {
    await laptop.must('head -c 3000000 /dev/urandom >~/data/pictures/large');
    sandbox.writeSpec(SPEC.replace('keep.last = 2 }', 'keep.last = 2 }\nrsync.bandwidth = "500"'));
    const first = sandbox.startThrough(laptop.enter, ['run', '--only', 'to-box', '--allow-destructive']);
    await until(box, 'ls -A ~/backups/pictures/snapshots | grep -q partial');
    // It makes its folder before its rsync starts.
    await until(laptop, 'pkill -STOP -x rsync');
    const second = nbkp('run', '--only', 'to-box', '--json');
    expect(second.code).toBe(75);
    expect(second.stdout).toContain('nbkp run --only to-box --allow-destructive');
    expect(await box.must(`ls ${CLAIMS} | wc -l`)).toBe('2');
    await laptop.must(`pkill -9 -f 'bin/[r]un.js run'; pkill -CONT -x rsync`);
    await first.ended;
    await until(box, `! [ -e ${CLAIMS} ]`);
    sandbox.writeSpec(SPEC);
    succeeds('run', '--only', 'to-box', '--wait', '5m');
    expect(await namesIn(box, '~/backups/pictures/latest')).toBe(await namesIn(laptop, '~/data/pictures'));
    const differs = nbkp('snapshots', 'diff', 'to-box');
    expect(differs).toMatchObject({ code: 0, stdout: expect.stringMatching(/large[^]*sub\/new\\#012line/) });
  });

  test('is rid of what a run has left there whose network went away without a word', async () => {
    await network.connect('lane', 'laptop', 'box');
    laptop.know(box, 'box.lane');
    const slow = SPEC.replace('keep.last = 2 }', 'keep.last = 2 }\nrsync.bandwidth = "500"')
      .replace(
        '[volumes.laptop]',
        'server-alive-interval = 1\n[ssh.lane]\nextends = "box"\nhost = "box.lane"\n[volumes.laptop]',
      )
      .replace('[volumes.box]\nssh = "box"', '[volumes.box]\nssh = ["box", "lane"]')
      .replace('[volumes.drive]\nssh = "box"', '[volumes.drive]\nssh = ["box", "lane"]');
    sandbox.writeSpec(slow);
    await laptop.must('head -c 3000000 /dev/urandom >~/data/pictures/large');
    const lost = sandbox.startThrough(laptop.enter, ['run', '--only', 'to-box', '--json']);
    await until(box, 'ls -A ~/backups/pictures/snapshots | grep -q partial');
    await until(box, 'ps -e -o comm= | grep -qx rsync');
    await laptop.must('pkill -STOP -x rsync');
    await road.swallow();
    await laptop.must('pkill -CONT -x rsync');
    expect(await lost.ended).toMatchObject({ code: 1, stdout: expect.stringContaining('connection-lost') });
    // Nothing has told the box.
    expect(await runningOn(box)).toContain('rsync');
    succeeds('run', '--only', 'to-box');
    expect(await runningOn(box)).not.toContain('rsync');
    await road.carry();
    sandbox.writeSpec(SPEC);
    expect(await namesIn(box, '~/backups/pictures/latest')).toBe(await namesIn(laptop, '~/data/pictures'));
    expect(await box.must(`ls ${CLAIMS} 2>&1 || true`)).toContain('No such file');
  });

  test('whose holder of a lock was killed there as well has claims that count for nothing', async () => {
    await box.must(`mkdir ${CLAIMS}; cd ${CLAIMS}
      boot=$(cat /proc/sys/kernel/random/boot_id) numbers=$(readlink /proc/self/ns/pid | tr -dc 0-9)
      : >"-x,999999,1,$boot,$numbers,$(uname -n)"; : >"-x,999999,1,$boot,$numbers,$(uname -n)+"
      : >"-s,1,1,00000000-0000-0000-0000-000000000000,$numbers,$(uname -n)"`);
    succeeds('run', '--only', 'to-box');
    expect(await box.must(`ls -A ~/backups/pictures | grep claims || true`)).toBe('');
    await box.must(`mkdir ${CLAIMS}; : >"${CLAIMS.replace('~', '$HOME')}/-x,1,1,boot,1,another-machine"`);
    expect(nbkp('run', '--only', 'to-box')).toMatchObject({ code: 75 });
    await box.must(`rm -r ${CLAIMS}`);
    await box.must(`mkdir ~/elsewhere; ln -s ~/elsewhere ${CLAIMS}`);
    const linked = nbkp('run', '--only', 'to-box');
    expect(linked).toMatchObject({ code: 1, stdout: expect.stringMatching(/its claims are a symbolic\s+link/) });
    expect(await box.must('ls ~/elsewhere')).toBe('');
    await box.must(`rm ${CLAIMS}`);
  });

  test('tells a drive from its bare mountpoint, though it has no findmnt', async () => {
    const { endpoints } = JSON.parse(nbkp('facts', 'export').stdout) as Facts;
    expect(endpoints['drive:pictures']?.directory?.mount).toMatchObject({ target: drive, fsType: 'ext4' });
    await box.must(`cp -a ${drive}/. ~/kept; umount ${drive}; cp -a ~/kept/. ${drive}`);
    const { code, stdout } = nbkp('run', '--only', 'to-drive');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('skipped') });
    expect(await namesIn(box, drive)).toBe(await namesIn(box, '~/kept'));
  });

  /** Processes that were told to end take a moment on a busy machine. */
  async function isQuiet(): Promise<void> {
    const expected = ['dropbear', 'sleep'];
    await vi.waitFor(async () => expect((await runningOn(box)).sort()).toEqual(expected), { timeout: 120_000 });
  }
});

/** Names and contents below a folder, sentinels aside. */
async function namesIn(machine: SshMachine, folder: string): Promise<string> {
  return machine.must(
    `cd ${folder}/ && find . -type f ! -name '.nbkp-*' -exec sha256sum -z {} + | sort -z | tr '\\0' '|'`,
  );
}

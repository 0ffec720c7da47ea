import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer, QUIET, runningOn, until } from '../support/ssh/server.ts';

const SPEC = `
version = 1
[ssh.hub]
host = "hub.road"
connect-timeout = 60
server-alive-interval = 1
[volumes.laptop]
path = "~/data"
[volumes.hub]
ssh = "hub"
path = "~/backups"
[syncs.pictures]
source = "laptop:pictures"
destination = "hub:pictures"
snapshots.mode = "hard-link"
rsync.bandwidth = "1m"
[syncs.second]
source = "hub:pictures"
destination = "hub:second"
rsync.options = ["-a", "--bwlimit=1m", "--no-whole-file"]
`;

const PARTIAL =
  'ls ~/backups/pictures/snapshots/.partial-*/.rsync-partial/big ~/backups/pictures/snapshots/.partial-*/.big.*';
const SNAPSHOTS = 'ls ~/backups/pictures/snapshots';

describeWithNetwork('a run on a server that does not come to its end', () => {
  let lab: LaptopAndServer;

  beforeAll(async () => {
    lab = await LaptopAndServer.start('other');
    lab.sandbox.writeSpec(SPEC);
    await lab.laptop.must('mkdir -p ~/data/pictures; head -c 3000000 /dev/urandom >~/data/pictures/big');
  });

  beforeEach(async () => {
    await lab.hub.must('rm -rf ~/backups; mkdir ~/backups');
    expect(lab.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
  });

  afterAll(() => lab.stop());

  /** Its rsync waits until something has happened, however busy the machine is. */
  async function whileStopped(happens: () => Promise<unknown>): Promise<void> {
    await lab.laptop.must('pkill -STOP -x rsync');
    await happens();
    await lab.laptop.must('pkill -CONT -x rsync');
  }

  test('because the network went away is told so, and the next run goes on', async () => {
    const run = lab.begin('run', '--only', 'pictures', '--json');
    await until(lab.hub, `${PARTIAL} 2>/dev/null | grep -q big`);
    await whileStopped(() => lab.cable.unplug());
    const { code, stdout } = await run.ended;
    await lab.cable.plugIn();
    expect(stdout).toContain('connection-lost');
    expect(code).toBe(1);
    await until(lab.hub, '! ps -e -o stat=,comm= | grep -v ^Z | grep -q rsync');
    expect(await lab.hub.must(`${SNAPSHOTS} -A`)).toMatch(/^\.partial-\S+$/);
    const again = lab.nbkp('run', '--only', 'pictures');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('1 succeeded') });
    expect(await lab.hub.must('cat ~/backups/pictures/latest/big | sha256sum')).toBe(
      await lab.laptop.must('cat ~/data/pictures/big | sha256sum'),
    );
  });

  test('because its network went away without a word is ended there by the next run, which comes another way', async () => {
    await lab.network.connect('lane', 'laptop', 'hub');
    lab.laptop.know(lab.hub, 'hub.lane');
    lab.sandbox.writeSpec(
      SPEC.replace('[volumes.laptop]', '[ssh.lane]\nextends = "hub"\nhost = "hub.lane"\n[volumes.laptop]').replace(
        'ssh = "hub"',
        'ssh = ["hub", "lane"]',
      ),
    );
    const run = lab.begin('run', '--only', 'pictures', '--json');
    await until(lab.hub, `${PARTIAL} 2>/dev/null | grep -q big`);
    await whileStopped(() => lab.cable.swallow());
    expect(await run.ended).toMatchObject({ code: 1, stdout: expect.stringContaining('connection-lost') });
    // Nothing has told the server.
    expect(await runningOn(lab.hub)).toContain('rsync');
    expect(lab.nbkp('run', '--only', 'pictures')).toMatchObject({ code: 0 });
    expect(await runningOn(lab.hub)).not.toContain('rsync');
    await lab.cable.carry();
    lab.sandbox.writeSpec(SPEC);
    expect(await lab.hub.must(`${SNAPSHOTS} -A | wc -l`)).toBe('1');
    expect(await lab.hub.must('cat ~/backups/pictures/latest/big | sha256sum')).toBe(
      await lab.laptop.must('cat ~/data/pictures/big | sha256sum'),
    );
  });

  test('because nbkp was killed keeps the lock while its rsync writes, and no longer', async () => {
    const run = lab.begin('run', '--only', 'pictures');
    await until(lab.hub, `${PARTIAL} 2>/dev/null | grep -q big`);
    // Its rsync writes as long as the test wants.
    await lab.laptop.must(`pkill -STOP -x rsync; pkill -9 -f 'bin/[r]un.js run'`);
    await run.ended;
    const locked = lab.nbkp('run', '--only', 'pictures');
    expect(locked).toMatchObject({ code: 75, stdout: expect.stringContaining('destination-locked') });
    await lab.laptop.must('pkill -CONT -x rsync');
    await until(lab.hub, '! ps -e -o stat=,comm= | grep -v ^Z | grep -q rsync');
    expect(lab.nbkp('run', '--only', 'pictures')).toMatchObject({ code: 0 });
    expect(await lab.hub.must(`${SNAPSHOTS} -A | wc -l`)).toBe('1');
    await vi.waitFor(async () => expect(await runningOn(lab.hub)).toEqual(QUIET), { timeout: 120_000 });
  });

  test('because it was told to end leaves no process on the server', async () => {
    expect(lab.nbkp('run', '--only', 'pictures')).toMatchObject({ code: 0 });
    const run = lab.begin('run', '--only', 'second');
    await until(lab.hub, 'ls -A ~/backups/second | grep -q big');
    await whileStopped(() => lab.laptop.must(`pkill -TERM -f 'bin/[r]un.js run'`));
    expect(await run.ended).toMatchObject({ code: 143 });
    await until(lab.hub, '! ps -e -o stat=,comm= | grep -v ^Z | grep -q rsync');
    expect(lab.nbkp('run', '--only', 'second')).toMatchObject({ code: 0 });
  });
});

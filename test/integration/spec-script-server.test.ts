import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { SHELLS, SpecScript, type Ended, type Shell } from '../support/spec-script.ts';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer, QUIET, runningOn, until } from '../support/ssh/server.ts';

const SPEC = `
version = 1
[ssh.hub]
host = "hub.road"
connect-timeout = 20
server-alive-interval = 1
[ssh.lane]
extends = "hub"
host = "hub.lane"
[ssh.small]
extends = "hub"
port = 2222
[ssh.patient]
extends = "hub"
connect-timeout = 3600
[volumes.laptop]
path = "~/data"
[volumes.far]
ssh = ["patient", "lane"]
path = "~/far"
[volumes.hub]
ssh = ["hub", "lane"]
path = "~/backups"
[volumes.full]
ssh = ["hub", "lane"]
path = "~/full"
[volumes.small]
ssh = "small"
path = "~/small"
[syncs.pictures]
source = "laptop:pictures"
destination = "hub:pictures"
snapshots.mode = "hard-link"
rsync.bandwidth = "1m"
[syncs.to-full]
source = "laptop:pictures"
destination = "full:pictures"
snapshots.mode = "hard-link"
[syncs.to-far]
source = "laptop:notes"
destination = "far:notes"
[syncs.to-small]
source = "laptop:notes"
destination = "small:notes"
snapshots = { mode = "hard-link", keep = { last = 2 } }
[syncs.from-small]
source = "small:notes"
destination = "laptop:notes-again"
`;

const BIG = 'cat big | sha256sum';
const BEGUN =
  'ls ~/backups/pictures/snapshots/.partial-*/.rsync-partial/big ~/backups/pictures/snapshots/.partial-*/.big.* 2>/dev/null | grep -q big';
const NO_RSYNC = '! ps -e -o stat=,comm= | grep -v ^Z | grep -q rsync';

describeWithNetwork('a script of a spec with a server', () => {
  let lab: LaptopAndServer;
  let script: SpecScript;

  beforeAll(async () => {
    lab = await LaptopAndServer.start();
    const { laptop, hub } = lab;
    await lab.network.connect('lane', 'laptop', 'hub');
    laptop.know(hub, 'hub.lane');
    await hub.startSmallBox(2222);
    laptop.know(hub, '[hub.road]:2222');
    await hub.must('mkdir ~/full ~/small ~/far ~/backups && mount -t tmpfs -o size=2m none ~/full');
    await laptop.must(`mkdir -p ~/data/pictures ~/data/notes
      head -c 3000000 /dev/urandom >~/data/pictures/big
      cd ~/data/notes; for number in $(seq 40); do echo "$number" >"-n $number"; done; echo >"$(printf 'a\\nb')"`);
    lab.sandbox.writeSpec(SPEC);
    expect(lab.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
    script = new SpecScript(new Sandbox(laptop.folder, laptop.enter));
    await hub.must('cp -a ~/backups ~/backups-new');
  });
  beforeEach(async () => {
    await lab.hub.must('rm -rf ~/backups; cp -a ~/backups-new ~/backups');
  });
  afterAll(() => lab.stop());

  const run = (shell: Shell, ...only: string[]): Ended =>
    script.run(shell, ...only.flatMap((name) => ['--only', name]));

  /** Of pictures, while its rsync does not go on. */
  async function whileCopying(shell: Shell, happens: () => unknown): Promise<number | null> {
    const running = script.start(shell, '--only', 'pictures');
    const ended = once(running, 'exit') as Promise<[number | null]>;
    await until(lab.hub, BEGUN);
    await lab.laptop.must('pkill -STOP -x rsync');
    await happens();
    await lab.laptop.must('pkill -CONT -x rsync || true');
    return (await ended)[0];
  }

  async function isWhole(): Promise<void> {
    expect(await lab.hub.must(`cd ~/backups/pictures/latest && ${BIG}`)).toBe(
      await lab.laptop.must(`cd ~/data/pictures && ${BIG}`),
    );
    expect(await lab.hub.must('ls -A ~/backups/pictures/snapshots | wc -l')).toBe('1');
  }

  test.each(SHELLS)('goes another way where one is cut, and skips what no way leads to: %s', async (...shell) => {
    const words = shell.filter((each) => each !== undefined) as unknown as Shell;
    await lab.laptop.must('printf "" >~/data/notes/round');
    await lab.cable.unplug();
    try {
      expect(run(words, 'pictures', 'to-small', 'from-small')).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/pictures: done\n[^]*to-small is skipped: .*out of reach/) as string,
      });
    } finally {
      await lab.cable.plugIn();
    }
    await isWhole();
    expect(run(words, 'to-small', 'from-small')).toMatchObject({ code: 0, stderr: '' });
    const notes = 'for each in *; do printf "%s|" "$each"; done';
    const wanted = await lab.laptop.must(`cd ~/data/notes; ${notes}`);
    expect(await lab.hub.must(`cd ~/small/notes/latest; ${notes}`)).toBe(wanted);
    expect(await lab.laptop.must(`cd ~/data/notes-again; ${notes}`)).toBe(wanted);
    expect(await lab.hub.must("find ~/small ~/backups -name '*.claims'")).toBe('');
  });

  test.each(SHELLS)('waits for none of its ways that is silent where another answers: %s', async (...shell) => {
    const words = shell.filter((each) => each !== undefined) as unknown as Shell;
    await lab.cable.swallow();
    try {
      expect(run(words, 'to-far')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('to-far: done') as string,
      });
    } finally {
      await lab.cable.carry();
    }
    expect(run(words, 'to-far')).toMatchObject({ code: 0, stderr: '' });
    await vi.waitFor(async () => expect(await lab.laptop.must('pgrep -x ssh || true')).toBe(''), { timeout: 60_000 });
  });

  test('says with -n what a guard would refuse, and changes nothing', async () => {
    expect(run(['dash'], 'to-small', 'from-small').code).toBe(0);
    const state = "cd ~/small && find . -printf '%p %T@ %C@ %i\\n' | sort";
    const before = await lab.hub.must(state);
    await lab.laptop.must('mkdir ~/kept; mv ~/data/notes/-n* ~/kept/');
    const refused = { code: 3, stderr: expect.stringMatching(/40 of \d+ entries would be lost/) as string };
    expect(script.run(['dash'], '-n', '--only', 'to-small')).toMatchObject(refused);
    expect(script.run(['dash'], '-n', '--only', 'to-small').stdout).toBe(
      script.run(['busybox', 'ash'], '-n', '--only', 'to-small').stdout,
    );
    expect(lab.nbkp('plan', '--files', '--only', 'to-small').code).toBe(3);
    expect(await lab.hub.must(state)).toBe(before);
    expect(run(['dash'], 'to-small')).toMatchObject(refused);
    await lab.laptop.must('mv ~/kept/* ~/data/notes/');
  });

  test('of which another key than the known one is there fails, and one that is not known is skipped', async () => {
    const known = await lab.laptop.must('cat ~/.ssh/known_hosts');
    try {
      await lab.laptop.must(`sed -i '/2222/s|AAAA[^ ]*|'"$(cut -d' ' -f2 ~/.ssh/id_ed25519.pub)|" ~/.ssh/known_hosts`);
      expect(run(['dash'], 'to-small')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('its key has changed') as string,
      });
      await lab.laptop.must("sed -i '/2222/d' ~/.ssh/known_hosts");
      expect(run(['dash'], 'to-small')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('its key is not known yet') as string,
      });
      await lab.hub.must('mv ~/.ssh/authorized_keys ~/.ssh/away');
      expect(run(['dash'], 'pictures')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('Permission denied') as string,
      });
    } finally {
      await lab.hub.must('mv ~/.ssh/away ~/.ssh/authorized_keys || true');
      await lab.laptop.must(`cat >~/.ssh/known_hosts <<'END'\n${known}\nEND`);
    }
  });

  test('and a run leave each other alone there, and a drive there that is full', async () => {
    const code = await whileCopying(['dash'], () => {
      const locked = lab.nbkp('run', '--only', 'pictures');
      expect([locked.code, locked.stdout + locked.stderr]).toEqual([75, expect.stringContaining('nbkp script')]);
      expect(run(['busybox', 'ash'], 'pictures')).toMatchObject({ code: 75 });
    });
    expect(code).toBe(0);
    await lab.hub.must('rm -rf ~/backups; cp -a ~/backups-new ~/backups');
    const other = lab.begin('run', '--only', 'pictures');
    await until(lab.hub, BEGUN);
    await lab.laptop.must('pkill -STOP -x rsync');
    expect(run(['dash'], 'pictures')).toMatchObject({
      code: 75,
      stderr: expect.stringContaining('held by another run') as string,
    });
    await lab.laptop.must('pkill -CONT -x rsync');
    expect((await other.ended).code).toBe(0);
    expect(run(['dash'], 'to-full')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No space left') as string,
    });
    await lab.hub.must('mount -o remount,size=20m ~/full');
    expect(run(['dash'], 'to-full')).toMatchObject({ code: 0, stderr: '' });
    expect(await lab.hub.must('ls -A ~/full/pictures/snapshots | wc -l')).toBe('1');
  });

  test('that was killed keeps the lock while its rsync writes, and no longer', async () => {
    await whileCopying(['dash'], async () => {
      await lab.laptop.must(`pkill -9 -f '[s]cript.sh --only pictures'`);
      expect(lab.nbkp('run', '--only', 'pictures').code).toBe(75);
    });
    await until(lab.hub, NO_RSYNC);
    await vi.waitFor(() => expect(run(['dash'], 'pictures').code).toBe(0), { timeout: 60_000 });
    await isWhole();
  });

  test.each(SHELLS)('that was told to end leaves nothing running there: %s', async (...shell) => {
    const words = shell.filter((each) => each !== undefined) as unknown as Shell;
    const code = await whileCopying(words, () => lab.laptop.must(`pkill -TERM -f '[s]cript.sh --only pictures'`));
    expect(code).toBe(143);
    await vi.waitFor(async () => expect(new Set(await runningOn(lab.hub))).toEqual(new Set([...QUIET, 'dropbear'])), {
      timeout: 120_000,
    });
    expect(run(words, 'pictures')).toMatchObject({ code: 0, stderr: '' });
    await isWhole();
  });

  test('whose rsync is killed there fails, and the next one goes on', async () => {
    const running = script.start(['dash'], '--only', 'pictures');
    const ended = once(running, 'exit') as Promise<[number | null]>;
    await until(lab.hub, BEGUN);
    await lab.hub.must('pkill -9 -x rsync');
    expect((await ended)[0]).toBe(1);
    expect(await lab.hub.must('ls -A ~/backups/pictures/snapshots')).toMatch(/^\.partial-\S+$/);
    expect(run(['busybox', 'ash'], 'pictures')).toMatchObject({ code: 0, stderr: '' });
    await isWhole();
  });

  test('that has lost its connection fails, and the next one ends what the server still holds', async () => {
    const code = await whileCopying(['dash'], () => lab.cable.swallow());
    try {
      expect(code).toBe(1);
      expect(await runningOn(lab.hub)).toContain('rsync');
      expect(run(['busybox', 'ash'], 'pictures')).toMatchObject({ code: 0 });
      expect(await runningOn(lab.hub)).not.toContain('rsync');
    } finally {
      await lab.cable.carry();
    }
    await isWhole();
  });
});

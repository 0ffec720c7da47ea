import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FindDocument } from '../../src/planner/model/browsing.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer, until } from '../support/ssh/server.ts';

const SPEC = `
version = 1
[ssh.hub]
host = "hub.road"
connect-timeout = 60
[ssh.small]
extends = "hub"
port = 2222
[ssh.stranger]
extends = "hub"
port = 2223
[ssh.odd]
extends = "hub"
port = 2224
[ssh.nobody]
extends = "hub"
user = "nobody-at-all"
[ssh.nowhere]
host = "nowhere.example"
[volumes.laptop]
path = "~/data"
[volumes.hub]
ssh = "hub"
path = "~/backups"
[volumes.full]
ssh = "hub"
path = "~/full"
[volumes.small]
ssh = "small"
path = "~/small"
[volumes.stranger]
ssh = "stranger"
path = "~/small"
[volumes.odd]
ssh = "odd"
path = "~/small"
[volumes.nobody]
ssh = "nobody"
path = "~/small"
[volumes.nowhere]
ssh = "nowhere"
path = "~/small"

[syncs.pictures]
source = "laptop:pictures"
destination = "hub:pictures"
snapshots = { mode = "hard-link", keep.last = 2 }
[syncs.to-full]
source = "laptop:pictures"
destination = "full:pictures"
snapshots.mode = "hard-link"
[syncs.slow]
source = "laptop:pictures"
destination = "hub:slow"
timeout = "1s"
rsync.bandwidth = "100"
[syncs.small]
source = "laptop:pictures"
destination = "small:pictures"
snapshots = { mode = "hard-link", keep.last = 2 }
[syncs.to-stranger]
source = "laptop:pictures"
destination = "stranger"
[syncs.to-odd]
source = "laptop:pictures"
destination = "odd"
[syncs.to-nobody]
source = "laptop:pictures"
destination = "nobody"
[syncs.to-nowhere]
source = "laptop:pictures"
destination = "nowhere"
`;

/** What is in the place of the shell of a server, and what is said of it. `answer` comes where the shell's answer begins. */
const answer = 'IFS= read -r line; IFS= read -r line; token=${line##* }; printf "\\0%s\\0" "$token"';
const ODD = [
  ['yes', 'writes more than any answer is long'],
  [`${answer}; yes`, 'writes more than any answer is long'],
  [`${answer}; echo nonsense; printf "\\0%s\\0" "$token"; cat >/dev/null`, 'is not the answer to what nbkp asked'],
  ['echo This account is closed.; echo Good-bye. >&2', 'does not run sh there (Good-bye.)'],
] as const;

/** Busybox in place of coreutils and sh; the rest is there as it is. */
const SMALL = `mkdir /run/small
for applet in $(busybox --list); do ln -sf "$(which busybox)" /run/small/$applet; done
for tool in rsync flock; do ln -sf "$(which $tool)" /run/small/$tool; done`;

describeWithNetwork('a server', () => {
  let lab: LaptopAndServer;

  beforeAll(async () => {
    lab = await LaptopAndServer.start('other');
    await lab.hub.must(`${SMALL}
      mkdir ~/backups ~/small ~/full; mount -t tmpfs -o size=1m none ~/full`);
    await lab.hub.startSshd({ port: 2223 });
    await lab.hub.startSshd({ port: 2224, config: [`ForceCommand sh ${lab.hub.home}/odd`] });
    lab.laptop.know(lab.hub, '[hub.road]:2224');
    await lab.hub.startSshd({ port: 2222, config: ['SetEnv PATH=/run/small', 'Banner /etc/passwd'] });
    lab.laptop.know(lab.hub, '[hub.road]:2222');
    await lab.laptop.must('mkdir -p ~/data/pictures; head -c 2000000 /dev/urandom >~/data/pictures/big');
    lab.sandbox.writeSpec(SPEC);
    expect(lab.nbkp('prepare', '--yes', 'laptop', 'hub', 'full', 'small')).toMatchObject({ code: 0 });
  });

  beforeEach(() => lab.laptop.must('date >~/data/pictures/date'));

  afterAll(() => lab.stop());

  test('that has nothing but busybox, rsync and flock, and shows a banner, is good enough', async () => {
    for (let run = 0; run < 3; run += 1) expect(lab.nbkp('run', '--only', 'small')).toMatchObject({ code: 0 });
    expect(
      await lab.hub.must('cat ~/small/pictures/latest/big | sha256sum; ls ~/small/pictures/snapshots | wc -l'),
    ).toBe(`${await lab.laptop.must('cat ~/data/pictures/big | sha256sum')}\n2`);
    expect(await lab.hub.must('find ~/small/pictures/latest/big -links 2 | wc -l')).toBe('1');
    expect(lab.nbkp('ls', 'small')).toMatchObject({ code: 0, stdout: expect.stringMatching(/1\.9 MiB .* {2}big\n/) });
    const found = JSON.parse(lab.nbkp('find', 'b*', '--only', 'small', '--json').stdout) as FindDocument;
    expect(found.versions).toMatchObject([{ path: 'big', size: 2_000_000, snapshots: { length: 2 } }]);
  });

  test('that is used by another machine is left alone, and the message says by whom', async () => {
    const other = lab.network.machine('other');
    await lab.network.connect('lane', 'other', 'hub');
    lab.hub.authorize(other);
    other.know(lab.hub, '[hub.lane]:2222');
    const sandbox = new Sandbox(other.folder);
    sandbox.writeSpec(
      SPEC.replaceAll('hub.road', 'hub.lane').replace('keep.last = 2 }', 'keep.last = 2 }\nrsync.bandwidth = "500"'),
    );
    await other.must('mkdir -p ~/data/pictures; head -c 2000000 /dev/urandom >~/data/pictures/theirs');
    // As after a reinstall: it is the same source, and so may write there.
    const identity = await lab.laptop.must('cat ~/data/pictures/.nbkp-src');
    await other.must(`printf '%s\\n' '${identity.trim()}' >~/data/pictures/.nbkp-src`);
    other.know(lab.hub, 'hub.lane');
    await other.must(
      `sed -i "s/^hub.lane .*/hub.lane $(cut -d' ' -f1,2 ${lab.hub.folder}/sshd-1/host-key.pub | sed 's,/,\\\\/,g')/" ~/.ssh/known_hosts`,
    );
    expect(sandbox.nbkpThrough(other.enter, 'prepare', '--yes', 'laptop', 'hub')).toMatchObject({ code: 0 });
    const theirs = sandbox.startThrough(other.enter, ['run', '--only', 'pictures', '--allow-destructive']);
    await until(lab.hub, 'ls -A ~/backups/pictures/snapshots | grep -q partial');
    // It makes its folder before its rsync starts.
    await until(other, 'pkill -STOP -x rsync');
    const ours = lab.nbkp('run', '--only', 'pictures', '--json');
    expect(ours.code).toBe(75);
    expect(ours.stdout).toContain('destination-locked');
    expect(ours.stdout).toContain('nbkp run --only pictures --allow-destructive');
    await other.must('pkill -CONT -x rsync');
    const ended = await theirs.ended;
    expect({ code: ended.code, why: ended.code === 0 ? '' : ended.stdout }).toEqual({ code: 0, why: '' });
    expect(lab.nbkp('run', '--only', 'pictures', '--wait', '5m', '--allow-destructive')).toMatchObject({ code: 0 });
  });

  test('whose disk is full, or that is too slow, fails its own syncs and no other', async () => {
    const { code, stdout } = lab.nbkp('run', '--only', 'to-full', '--only', 'slow', '--only', 'pictures', '--json');
    expect(code).toBe(1);
    const { syncs } = JSON.parse(stdout) as { syncs: { name: string; outcome: string }[] };
    expect(Object.fromEntries(syncs.map(({ name, outcome }) => [name, outcome]))).toEqual({
      pictures: 'succeeded',
      slow: 'failed',
      'to-full': 'failed',
    });
    expect(stdout).toContain('disk-full');
    expect(stdout).toContain('transfer-timed-out');
    expect(await lab.hub.must('readlink ~/full/pictures/latest')).toBe('/dev/null');
  });

  test('that cannot be used has a finding of its own, and the others go on', () => {
    const only = ['to-stranger', 'to-nobody', 'to-nowhere', 'pictures'].flatMap((name) => ['--only', name]);
    const { syncs } = JSON.parse(lab.nbkp('plan', '--json', ...only).stdout) as Plan;
    expect(Object.fromEntries(syncs.map(({ name, state, code }) => [name, [state, code]]))).toMatchObject({
      pictures: ['planned', undefined],
      'to-nobody': ['blocked', 'ssh-login-refused'],
      'to-nowhere': ['skipped', 'host-name-unknown'],
      'to-stranger': ['skipped', 'host-key-unknown'],
    });
    const { code, stdout } = lab.nbkp('run', ...only);
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('1 succeeded') });
  });

  test.each(ODD)('that answers with %j is left out, and the others go on', async (script, said) => {
    await lab.hub.must(`cat >~/odd <<'EOF'\n${script}\nEOF`);
    const record = lab.nbkp('run', '--json', '--only', 'to-odd', '--only', 'pictures');
    expect(record.code).toBe(1);
    const { syncs, findings } = JSON.parse(record.stdout) as RunRecord;
    expect(syncs).toMatchObject([
      { name: 'pictures', outcome: 'succeeded' },
      { name: 'to-odd', outcome: 'blocked' },
    ]);
    expect(JSON.stringify(findings)).toContain('remote-shell-unusable');
    expect(JSON.stringify(findings)).toContain(said);
  });

  test('whose login shell prints something fails what needs rsync, and says what to change', async () => {
    const keys = `${lab.hub.home}/.ssh/authorized_keys`;
    await lab.hub.must(`cp ${keys} ${keys}.plain
      printf 'echo Welcome; eval "$SSH_ORIGINAL_COMMAND"' >~/noisy
      sed "s#^#command=\\"sh $HOME/noisy\\" #" ${keys}.plain >${keys}`);
    const { code, stdout } = lab.nbkp('run', '--only', 'pictures');
    await lab.hub.must(`mv ${keys}.plain ${keys}`);
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('remote-shell-noisy') });
  });

  test('whose clock is wrong fails the check', async () => {
    // A program that stands in for a wrong clock, since all machines of the network have one.
    await lab.hub.must(
      String.raw`rm /run/small/date; printf '#!/bin/sh\necho $(($(/bin/busybox date +%%s) - 7200))\n' >/run/small/date; chmod +x /run/small/date`,
    );
    const { code, stdout } = lab.nbkp('check', '--only', 'small');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('clock-skew') });
    expect(stdout).toMatch(/is 7[12]\d\d s behind/);
  });

  test('without rsync blocks its syncs and says what to install', async () => {
    await lab.hub.must('mv /run/small/rsync /run/small/away');
    const { code, stdout } = lab.nbkp('run', '--only', 'small');
    await lab.hub.must('mv /run/small/away /run/small/rsync');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('rsync-missing') });
    expect(stdout).toContain('rsync is not installed on the server of small');
  });
});

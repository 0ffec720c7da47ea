import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CheckDocument } from '../../src/planner/model/documents.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { HAS_SMALL_BOXES } from '../support/ssh/machine.ts';
import { describeWithNetwork, needing, Network, type Cable } from '../support/ssh/network.ts';
import type { SshMachine } from '../support/ssh/machine.ts';

/** Home LAN and road lead to one server, which is at another name on each. */
const SPEC = `
version = 1
[ssh.lan]
host = "hub.lan"
location = "home"
connect-timeout = 2
[ssh.wan]
extends = "lan"
host = "hub.wan"
location = "travel"
[volumes.here]
path = "/tmp"
[volumes.hub]
ssh = ["lan", "wan"]
path = "~/backups"
[syncs.photos]
source = "here"
destination = "hub:photos"
`;

const GREETS = 'a login shell that greets changes nothing, and one that runs nothing is told';

describeWithNetwork('nbkp check of a server', () => {
  let network: Network;
  let laptop: SshMachine;
  let hub: SshMachine;
  let lan: Cable;
  let sandbox: Sandbox;

  beforeAll(async () => {
    network = await Network.start('laptop', 'hub');
    [laptop, hub] = [network.machine('laptop'), network.machine('hub')];
    lan = await network.connect('lan', 'laptop', 'hub');
    await network.connect('wan', 'laptop', 'hub');
    await hub.startSshd();
    hub.authorize(laptop);
    laptop.know(hub, 'hub.lan', 'hub.wan');
    await hub.must('mkdir ~/backups; touch ~/backups/.nbkp-vol');
    sandbox = new Sandbox(laptop.folder);
    sandbox.writeSpec(SPEC);
  });

  afterAll(() => network.stop());

  const check = (...flags: string[]): Answer => sandbox.nbkpThrough(laptop.enter, 'check', '--json', ...flags);

  /** What was checked of the server, each with its outcome or code. */
  function ofServer({ stdout, stderr }: Answer): Record<string, string> {
    if (stdout === '') throw new Error(stderr);
    const { checks } = JSON.parse(stdout) as CheckDocument;
    const about = checks.filter(({ subject }) => /SSH endpoint|the server/.test(subject));
    return Object.fromEntries(about.map(({ subject, outcome, finding }) => [subject, finding?.code ?? outcome]));
  }

  test('takes the first endpoint that answers, and sees what is there', () => {
    expect(ofServer(check())).toEqual({
      'the server of hub, by lan': 'passed',
      'rsync on the server of hub': 'passed',
      'flock on the server of hub': 'passed',
      'the clock of the server of hub': 'passed',
    });
  });

  test('takes the endpoint of a wanted location, or leaves out those of another', () => {
    expect(ofServer(check('--location', 'travel'))).toHaveProperty(['the server of hub, by wan'], 'passed');
    expect(ofServer(check('--exclude-location', 'home'))).toHaveProperty(['the server of hub, by wan'], 'passed');
  });

  test('takes the endpoint in a wanted network', async () => {
    await hub.must('ip address add 198.51.100.2/32 dev lo');
    await laptop.must('ip route add 198.51.100.2 via 10.78.1.2');
    laptop.addHost('198.51.100.2', 'hub.out');
    laptop.know(hub, 'hub.out');
    sandbox.writeSpec(SPEC.replace('host = "hub.wan"', 'host = "hub.out"'));
    expect(ofServer(check('--network', 'public'))).toHaveProperty(['the server of hub, by wan'], 'passed');
    expect(ofServer(check('--network', 'private'))).toHaveProperty(['the server of hub, by lan'], 'passed');
    sandbox.writeSpec(SPEC);
  });

  test('with every endpoint excluded connects to nothing and says so', () => {
    const before = hub.sshdLog();
    const answer = check('--exclude-location', 'home', '--exclude-location', 'travel');
    expect(ofServer(answer)).toEqual({ 'the server of hub': 'host-unreachable' });
    expect(answer.stdout).toContain('lan: excluded by --exclude-location');
    expect(hub.sshdLog()).toBe(before);
  });

  test('a location that no endpoint has is a mistake on the command line', () => {
    const { code, stdout } = check('--location', 'hme');
    expect({ code, stdout }).toMatchObject({ code: 64, stdout: expect.stringContaining('Did you mean `home`?') });
  });

  test('away from home goes the other way, and an absent network is no failure', async () => {
    await lan.unplug();
    expect(ofServer(check())).toMatchObject({
      'the SSH endpoint lan': 'host-no-route',
      'the server of hub, by wan': 'passed',
    });
    await lan.plugIn();
  });

  test.skipIf(HAS_SMALL_BOXES)(needing('login shell as OpenSSH starts it', GREETS), async () => {
    await hub.must(String.raw`printf 'echo Welcome; printf "\\000x\\000"\n' >~/greet`);
    const keys = `${hub.home}/.ssh/authorized_keys`;
    const force = (command: string) =>
      hub.must(`cp ${keys} ${keys}.plain; sed 's#^#command="${command}" #' ${keys}.plain >${keys}`);
    await force('. ~/greet; eval \\\\"$SSH_ORIGINAL_COMMAND\\\\"');
    expect(ofServer(check())).toHaveProperty(['the server of hub, by lan'], 'passed');
    await hub.must(`cp ${keys}.plain ${keys}`);
    await force('echo This account is not available.');
    expect(ofServer(check())).toHaveProperty(['the server of hub'], 'remote-shell-unusable');
    await hub.must(`mv ${keys}.plain ${keys}`);
  });

  test('a login that is refused fails the check, and says what to do', async () => {
    await laptop.must('mv ~/.ssh/id_ed25519 ~/.ssh/away');
    const { code, stdout } = sandbox.nbkpThrough(laptop.enter, 'check');
    await laptop.must('mv ~/.ssh/away ~/.ssh/id_ed25519');
    expect(code).toBe(1);
    expect(stdout).toContain('ssh-login-refused');
    expect(stdout).toContain('authorized_keys');
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SshEndpoint } from '../../src/planner/model/spec.ts';
import { quote } from '../../src/planner/model/quote.ts';
import { sshArguments } from '../../src/planner/ssh/arguments.ts';
import { connectionProblem } from '../../src/planner/ssh/failure.ts';
import { describeWithNetwork, Network, type Cable } from '../support/ssh/network.ts';
import type { SshMachine } from '../support/ssh/machine.ts';
import { endpoints } from '../support/ssh/endpoints.ts';

describeWithNetwork('connecting to a server', () => {
  let network: Network;
  let laptop: SshMachine;
  let hub: SshMachine;
  let road: Cable;

  beforeAll(async () => {
    network = await Network.start('laptop', 'bastion', 'hub');
    laptop = network.machine('laptop');
    hub = network.machine('hub');
    const bastion = network.machine('bastion');
    road = await network.connect('road', 'laptop', 'bastion');
    await network.connect('rack', 'bastion', 'hub');
    await bastion.startSshd({ port: 2222 });
    await hub.startSshd();
    for (const server of [bastion, hub]) server.authorize(laptop);
    laptop.know(bastion, '[bastion.road]:2222');
    laptop.know(hub, 'hub.rack');
  });

  afterAll(() => network.stop());

  /** Connects as nbkp would; what came of it. */
  async function connect(written: Record<string, Partial<SshEndpoint>>, name = 'hub', command = 'pwd') {
    const ssh = endpoints(written);
    const started = performance.now();
    const line = ['ssh', ...sshArguments(name, ssh), command].map(quote).join(' ');
    const { code, stdout, stderr } = await laptop.run(`LC_ALL=C exec ${line}`);
    const failed = { stderr: stderr.split('\n'), timedOut: false, error: null };
    const seconds = (performance.now() - started) / 1_000;
    if (code === 0) return { said: stdout.trim(), seconds };
    return { said: '', seconds, ...connectionProblem(name, ssh, failed) };
  }

  const BASTION: Partial<SshEndpoint> = { host: 'bastion.road', port: 2222 };
  const HUB: Partial<SshEndpoint> = { host: 'hub.rack', proxyJump: ['bastion'] };

  test('through a bastion with a port, a key and known hosts of its own', async () => {
    const folder = join(laptop.folder, 'it is "mine"');
    const [key, known] = [join(folder, "bastion's 100% key"), join(folder, 'known hosts')];
    await laptop.must(`mkdir ${quote(folder)}
      mv ~/.ssh/known_hosts ${quote(known)}
      ssh-keygen -q -t ed25519 -N '' -f ${quote(key)}
      grep -h . ${quote(`${key}.pub`)} >>${quote(join(network.machine('bastion').home, '.ssh/authorized_keys'))}`);
    const bastion = { ...BASTION, key, knownHostsFile: known };
    expect((await connect({ bastion, hub: { ...HUB, knownHostsFile: known } })).said).toBe(hub.home);
    await laptop.must(`mv ${quote(known)} ~/.ssh/known_hosts`);
  });

  test('the user’s own configuration says what the spec does not', async () => {
    const config = [
      'Host way',
      '  HostName bastion.road',
      '  Port 2222',
      'Host storage',
      '  HostName hub.rack',
      '  ProxyJump way',
    ];
    await laptop.must(`printf '%s\\n' ${config.map(quote).join(' ')} >~/.ssh/config`);
    expect((await connect({ storage: {} }, 'storage')).said).toBe(hub.home);
    await laptop.must('rm ~/.ssh/config');
  });

  describe('that fails says what is wrong and what to do', () => {
    test('a name that leads nowhere', async () => {
      expect(await connect({ hub: { host: 'hbu.rack' } })).toMatchObject({
        code: 'host-name-unknown',
        message: 'The name hbu.rack of hub leads to no address.',
      });
    });

    test('a port on which nobody listens', async () => {
      expect(await connect({ hub: { host: 'bastion.road', port: 2223 } })).toMatchObject({ code: 'host-refused' });
    });

    test('a host to which no way leads', async () => {
      expect(await connect({ hub: { host: 'hub.rack' } })).toMatchObject({ code: 'host-no-route' });
    });

    test('a host behind a bastion that is not there', async () => {
      expect(await connect({ bastion: BASTION, hub: { ...HUB, host: '10.78.2.77' } })).toMatchObject({
        code: 'host-no-route',
      });
    });

    test('a user whom the server does not let in', async () => {
      const { code, message, help } = await connect({ hub: { ...BASTION, user: 'nobody' } }).then(problem);
      expect(code).toBe('ssh-login-refused');
      expect(message).toContain('nobody@bastion.road');
      expect(help).toContain('[ssh.hub]');
    });

    test('a key that has a passphrase, and no agent: nothing asks', async () => {
      const key = join(laptop.folder, 'locked');
      await laptop.must(`ssh-keygen -q -t ed25519 -N secret -f ${key}; mv ~/.ssh/id_ed25519 ~/.ssh/away`);
      const { code, help } = await connect({ hub: { ...BASTION, key } }).then(problem);
      await laptop.must('mv ~/.ssh/away ~/.ssh/id_ed25519');
      expect(code).toBe('ssh-login-refused');
      expect(help).toContain(`ssh-add ${key}`);
    });

    test('a key file that others can read', async () => {
      const key = join(laptop.folder, 'open');
      const accepted = join(network.machine('bastion').home, '.ssh/authorized_keys');
      await laptop.must(`ssh-keygen -q -t ed25519 -N '' -f ${key}; chmod 644 ${key}; cat ${key}.pub >>${accepted}
        mv ~/.ssh/id_ed25519 ~/.ssh/away`);
      const { code, message } = await connect({ hub: { ...BASTION, key } }).then(problem);
      await laptop.must('mv ~/.ssh/away ~/.ssh/id_ed25519');
      expect(code).toBe('ssh-key-unusable');
      expect(message).toContain(key);
    });

    test('a configuration that ssh does not take', async () => {
      const found = await connect({ hub: { ...BASTION, options: { Nonsense: 'yes' } } }).then(problem);
      expect(found.code).toBe('ssh-configuration-invalid');
      expect(found.message).toContain('nonsense');
    });

    test('packets that vanish, within the time that the spec allows', async () => {
      await road.swallow();
      const found = await connect({ hub: { ...BASTION, connectTimeout: 1 } });
      await road.carry();
      expect(found).toMatchObject({ code: 'host-timed-out' });
      // Without the limit it takes more than two minutes (tcp_syn_retries in tcp(7)).
      expect(found.seconds).toBeLessThan(60);
    });
  });

  describe('whose key is not as it should be', () => {
    test('is refused while the key is not known, and what the help says accepts it', async () => {
      await laptop.must('mv ~/.ssh/known_hosts ~/.ssh/away');
      const found = await connect({ hub: BASTION }).then(problem);
      expect(found.code).toBe('host-key-unknown');
      const command = found.help.slice(found.help.indexOf('ssh -p'));
      await laptop.must(`${command.replace('StrictHostKeyChecking=ask', 'StrictHostKeyChecking=accept-new')} true`);
      expect((await connect({ hub: BASTION })).said).toBe(network.machine('bastion').home);
      await laptop.must('mv ~/.ssh/away ~/.ssh/known_hosts');
    });

    test('is refused when the key has changed, and what the help says forgets the old one', async () => {
      const other = `[bastion.road]:2222 ${hub.hostKey()}`;
      await laptop.must(`cp ~/.ssh/known_hosts ~/.ssh/away; printf '%s\\n' ${quote(other)} >~/.ssh/known_hosts`);
      const before = network.machine('bastion').sshdLog();
      const found = await connect({ bastion: BASTION, hub: HUB }).then(problem);
      expect(found.code).toBe('host-key-changed');
      expect(found.message).toContain('[bastion.road]:2222');
      expect(network.machine('bastion').sshdLog().slice(before.length)).not.toMatch(/Accepted|Failed/);
      const [forget = ''] = /ssh-keygen -f .*(?= && )/.exec(found.help) ?? [];
      await laptop.must(forget);
      expect((await connect({ hub: BASTION }).then(problem)).code).toBe('host-key-unknown');
      await laptop.must('mv ~/.ssh/away ~/.ssh/known_hosts');
    });

    test('is refused whatever the user’s own configuration says', async () => {
      await laptop.must(`mv ~/.ssh/known_hosts ~/.ssh/away; echo 'StrictHostKeyChecking no' >~/.ssh/config`);
      const found = await connect({ hub: BASTION }).then(problem);
      await laptop.must('rm ~/.ssh/config; mv ~/.ssh/away ~/.ssh/known_hosts');
      expect(found.code).toBe('host-key-unknown');
    });
  });

  function problem(found: { said: string; code?: string; message?: string; help?: string }) {
    const { said, code, message, help } = found;
    if (code === undefined || message === undefined || help === undefined) throw new Error(`It connected: ${said}`);
    return { code, message, help };
  }
});

import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithNetwork, Network, type Cable } from '../support/ssh/network.ts';
import type { SshMachine } from '../support/ssh/machine.ts';

describeWithNetwork('the test network', () => {
  let network: Network;
  let laptop: SshMachine;
  let bastion: SshMachine;
  let hub: SshMachine;
  let road: Cable;

  beforeAll(async () => {
    network = await Network.start('laptop', 'bastion', 'hub');
    [laptop, bastion, hub] = [network.machine('laptop'), network.machine('bastion'), network.machine('hub')];
    road = await network.connect('road', 'laptop', 'bastion');
    await network.connect('rack', 'bastion', 'hub');
    for (const server of [bastion, hub]) {
      await server.startSshd();
      server.authorize(laptop);
    }
    laptop.know(bastion, 'bastion.road');
    laptop.know(hub, 'hub.rack');
  });

  afterAll(async () => {
    await network.stop();
    expect(existsSync(laptop.folder)).toBe(false);
  });

  test('a host behind a bastion is reached through it and not without it', async () => {
    const direct = await laptop.run('ssh -o BatchMode=yes -o ConnectTimeout=2 hub.rack true');
    expect(direct.code).toBe(255);
    expect(await laptop.must('ssh -o BatchMode=yes -J bastion.road hub.rack pwd')).toBe(hub.home);
  });

  test('nothing of this machine’s network is in it', async () => {
    const interfaces = (await laptop.must('ip -brief link')).split('\n').map((line) => line.split(/[ @]/)[0]);
    expect(interfaces.sort()).toEqual(['lo', 'road']);
  });

  test('a cable can be pulled, and can swallow what is sent', async () => {
    const within = (seconds: number): string =>
      `ssh -o BatchMode=yes -o ConnectTimeout=${seconds} bastion.road echo there`;
    await road.unplug();
    expect((await laptop.run(within(60))).stderr).toMatch(/Network is unreachable|No route to host/);
    await road.plugIn();
    expect(await laptop.must(within(60))).toBe('there');
    await road.swallow();
    expect((await laptop.run(within(1))).stderr).toContain('timed out');
    await road.carry();
    expect(await laptop.must(within(60))).toBe('there');
  });
});

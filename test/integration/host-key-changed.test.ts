import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer } from '../support/ssh/server.ts';

const spec = (endpoints: string): string => `
version = 1
[ssh.near]
host = "hub.road"
[ssh.far]
host = "10.255.255.1"
connect-timeout = 1
[volumes.laptop]
path = "~/data"
[volumes.hub]
ssh = ${endpoints}
path = "~/copy"
[syncs.data]
source = "laptop"
destination = "hub:data"
`;

describeWithNetwork('a server whose key is another one than so far', () => {
  let world: LaptopAndServer;

  beforeAll(async () => {
    world = await LaptopAndServer.start();
    await world.hub.must('mkdir -p ~/copy');
    await world.laptop.must('mkdir -p ~/data; echo letter >~/data/letter');
    world.sandbox.writeSpec(spec('"near"'));
    expect(world.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
    await world.laptop.must(`ssh-keygen -q -t ed25519 -N '' -f ~/other
      printf 'hub.road %s\\n' "$(cut -d' ' -f1,2 ~/other.pub)" >~/.ssh/known_hosts`);
  });

  afterAll(() => world.stop());

  it.each(['"near"', '["far", "near"]'])('is an error of the run, with ssh = %s', (endpoints) => {
    world.sandbox.writeSpec(spec(endpoints));
    const ran = world.nbkp('run', '--json');
    expect(ran.code, ran.stdout).toBe(1);
    const { syncs } = JSON.parse(ran.stdout) as RunRecord;
    expect(syncs).toMatchObject([{ outcome: 'blocked' }]);
    expect(ran.stdout).toContain('host-key-changed');
    expect(world.nbkp('plan').code).toBe(1);
    expect(world.nbkp('check').code).toBe(1);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer } from '../support/ssh/server.ts';

/** The machines of the network stand on one kernel and its files, as this machine and itself do when ssh leads back to it. */
describeWithNetwork('a server that is this machine under another name', () => {
  let world: LaptopAndServer;

  beforeAll(async () => {
    world = await LaptopAndServer.start();
    await world.laptop.must('mkdir -p ~/docs/inner; echo mine >~/docs/file');
  });

  afterAll(() => world.stop());

  it('is no place for a copy of what that copy would be in', async () => {
    world.sandbox.writeSpec(`
version = 1
[ssh.hub]
host = "hub.road"
[volumes.laptop]
path = "~/docs"
[volumes.hub]
ssh = "hub"
path = "${world.laptop.home}/docs/inner"
[syncs.docs]
source = "laptop"
destination = "hub:copy"
snapshots.mode = "hard-link"
`);
    const prepared = world.nbkp('prepare', '--yes');
    expect(prepared).toMatchObject({ code: 0 });
    expect(`${prepared.stdout}${prepared.stderr}`).toContain('one-disk');
    const { code, stdout } = world.nbkp('run', '--json');
    expect(code).toBe(1);
    expect(stdout).toContain('hub:copy is really inside laptop');
    expect(await world.laptop.must('find ~/docs -name file')).toBe(await world.laptop.must('echo ~/docs/file'));
  });
});

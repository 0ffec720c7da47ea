import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeNeeding } from '../support/ssh/network.ts';
import { LaptopAndServer } from '../support/ssh/server.ts';

describeNeeding('sudo', 'rsync as root on a server', () => {
  let world: LaptopAndServer;

  beforeAll(async () => {
    world = await LaptopAndServer.start();
    // In the place of sudo, which needs users of its own: it writes down what it is asked, and does it.
    await world.hub.must(`mkdir -p ~/bin ~/data
      printf 'a letter' >~/data/letter
      printf '#!/bin/sh\\necho "$*" >>~/asked; shift; exec "$@"\\n' >~/bin/sudo; chmod +x ~/bin/sudo
      mount --bind ~/bin /usr/local/bin`);
    await world.laptop.must('mkdir -p ~/copy');
    world.sandbox.writeSpec(`
version = 1
[ssh.hub]
host = "hub.road"
[volumes.hub]
ssh = "hub"
path = "~/data"
[volumes.laptop]
path = "~/copy"
[syncs.data]
source = "hub"
destination = "laptop:data"
snapshots.mode = "hard-link"
rsync.sudo = true
`);
  });

  afterAll(() => world.stop());

  it('is in the plan, and what is run there', async () => {
    expect(world.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
    expect(world.nbkp('plan', '--commands').stdout).toContain("'--rsync-path=sudo -n rsync'");
    const ran = world.nbkp('run');
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    expect(await world.laptop.must('cat ~/copy/data/latest/letter')).toBe('a letter');
    const asked = (await world.hub.must('cat ~/asked')).split('\n');
    expect(asked.length).toBeGreaterThan(0);
    for (const line of asked) expect(line).toMatch(/^-n rsync --server --sender /);
  });

  it.each([
    'sudo: a password is required',
    'ada is not in the sudoers file.',
    "Sorry, user ada is not allowed to execute '/usr/bin/rsync' as root on hub.",
    'sh: 1: sudo: not found',
  ])('is told when it is refused: %s', async (words) => {
    await world.hub.must(`printf '%s\\n' '#!/bin/sh' "echo \\"${words}\\" >&2; exit 1" >~/bin/sudo`);
    await world.hub.must('echo more >>~/data/letter');
    const { code, stdout, stderr } = world.nbkp('run');
    expect(code).toBe(1);
    expect((stdout + stderr).replaceAll(/\s+/g, ' ')).toMatch(/error\[sudo-refused\]: .*sudo.*sudo -n rsync --version/);
  });
});

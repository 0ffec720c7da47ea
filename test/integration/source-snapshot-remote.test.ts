import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeNeeding } from '../support/ssh/network.ts';
import { LaptopAndServer } from '../support/ssh/server.ts';

const SPEC = `
version = 1
[ssh.hub]
host = "hub.road"
[volumes.hub]
ssh = "hub"
path = "~/data"
[volumes.laptop]
path = "~/backup"
[syncs.photos]
source = "hub:photos"
destination = "laptop:photos"
snapshots.mode = "hard-link"
source-snapshot = "btrfs"
`;

describeNeeding('btrfs', 'a source on a server', () => {
  let both: LaptopAndServer;

  beforeAll(async () => {
    both = await LaptopAndServer.start();
    await both.hub.must(`mkdir ~/data; truncate -s 200M ~/image; mkfs.btrfs -q ~/image
      mount -o loop ~/image ~/data; mkdir ~/data/photos; btrfs -q subvolume create ~/data/photos/inner
      echo 1 >~/data/photos/a; echo 2 >~/data/photos/inner/b`);
    await both.laptop.must('mkdir ~/backup');
    both.sandbox.writeSpec(SPEC);
  });
  afterAll(() => both.stop());

  it('is read through a snapshot that is made and removed there', async () => {
    expect(both.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
    expect(both.nbkp('run')).toMatchObject({ code: 0 });
    expect(both.nbkp('run')).toMatchObject({ code: 0 });
    await both.laptop.must('test "$(cat ~/backup/photos/latest/inner/b)" = 2');
    await both.hub.must('test "$(ls -A ~/data/photos/.nbkp-source)" = photos.lock');
  });
});

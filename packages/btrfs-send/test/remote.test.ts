import { readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../../../test/support/btrfs.ts';
import { usePackage } from '../../../test/support/local-plugin.ts';
import { describeWithNetwork } from '../../../test/support/ssh/network.ts';
import { LaptopAndServer } from '../../../test/support/ssh/server.ts';
import { treeOf } from '../../../test/support/tree.ts';

describeWithNetwork('a replica over ssh', () => {
  let lab: LaptopAndServer;
  let here: BtrfsMount;
  let there: BtrfsMount;

  beforeAll(async () => {
    // Before the machines: they see what is mounted when they start.
    [here, there] = await Promise.all([makeBtrfs(), makeBtrfs()]);
    lab = await LaptopAndServer.start();
    usePackage(lab.sandbox, 'btrfs-send');
    lab.sandbox.files({ 'laptop/photos/1.jpg': 'one' });
    lab.sandbox.writeSpec(`version = 1
ssh.hub.host = "hub.road"
volumes.laptop.path = "${lab.sandbox.root}/laptop"
volumes.disk.path = "${here.path}/a folder's"
volumes.hub = { ssh = "hub", path = "${there.path}/\$HOME's" }
[syncs.photos]
source = "laptop:photos"
destination = "disk:photos"
snapshots.mode = "btrfs"
[syncs.push]
source = "disk:photos"
destination = "hub:photos"
transfer = "btrfs-send"
snapshots.mode = "btrfs"
[syncs.pull]
source = "hub:photos"
destination = "disk:back"
transfer = "btrfs-send"
snapshots.mode = "btrfs"
`);
    await lab.laptop.must(`mkdir "${here.path}/a folder's" "${there.path}/\\$HOME's"`);
    expect(lab.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await lab.stop();
    await Promise.all([here.remove(), there.remove()]);
  });

  const copies = (): Promise<string[]>[] =>
    [`${here.path}/a folder's/photos`, `${there.path}/$HOME's/photos`, `${here.path}/a folder's/back`].map((path) =>
      treeOf(join(path, readlinkSync(join(path, 'latest')))),
    );

  it('goes to a server and back from it, whole and then what has changed, whatever the names', async () => {
    for (const name of ['2.jpg', 'new\nline']) {
      expect(lab.nbkp('run')).toMatchObject({ code: 0 });
      writeFileSync(join(lab.sandbox.root, 'laptop/photos', name), name);
    }
    const { code, stdout } = lab.nbkp('plan', '--commands');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('what has changed since') });
    expect(stdout).toContain('{ssh:hub}');
    expect(lab.nbkp('run')).toMatchObject({ code: 0 });
    const [source, pushed, pulled] = await Promise.all(copies());
    expect(source?.join('\n')).toContain('2.jpg');
    expect(pushed).toEqual(source);
    expect(pulled).toEqual(source);
  });

  it('fails when the connection breaks, and the next run sends the snapshot anew', async () => {
    writeFileSync(join(lab.sandbox.root, 'laptop/photos/large'), Buffer.alloc(60 * 1024 * 1024, 'x'));
    expect(lab.nbkp('run', '--only', 'photos')).toMatchObject({ code: 0 });
    // Ends whatever of the connection runs on the server, in the middle of the stream: who receives it is stopped first.
    const killing = lab.hub.must(
      `until pkill -STOP -f '^btrfs receive'; do sleep 0.01; done
       pkill -KILL -f '[s]shd: .*notty'; pkill -CONT -x btrfs || :`,
    );
    const broken = await lab.begin('run', '--only', 'push').ended;
    await killing;
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/btrfs-send-failed|connection-lost/);
    expect(lab.nbkp('run', '--only', 'push')).toMatchObject({ code: 0 });
    const [source, pushed] = await Promise.all(copies());
    expect(pushed).toEqual(source);
  });
});

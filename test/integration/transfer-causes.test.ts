import { execFileSync } from 'node:child_process';
import { linkSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Transport } from '../../src/hosts/transport/transport.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { freeze } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { syncOf, TransferWorld } from '../support/transfer.ts';
import { treeOf } from '../support/tree.ts';

let dir: TempDir;
let mounted: string[] = [];
beforeEach(async () => {
  dir = await makeTempDir();
  await chmod(dir.path, 0o755);
});
afterEach(async () => {
  for (const path of mounted) execFileSync('umount', [path]);
  mounted = [];
  await dir.remove();
});

async function mountAt(path: string, ...args: string[]): Promise<string> {
  await mkdir(path, { recursive: true });
  execFileSync('mount', [...args, path]);
  mounted.push(path);
  return path;
}

function drive(...args: string[]): Promise<string> {
  return mountAt(join(dir.path, 'drive'), ...args);
}

async function mountExt4(): Promise<string> {
  const image = join(dir.path, 'ext4.img');
  execFileSync('truncate', ['-s', '64M', image]);
  execFileSync('mkfs.ext4', ['-q', '-F', '-N', '4096', image]);
  return drive('-o', 'loop', image);
}

/** Everything runs as nobody, who may less than root. */
function asNobody(transport: Transport): Transport {
  const user = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  return { ...transport, run: (argv, options) => transport.run([...user, ...argv], options) };
}

/** Real rsync, real file systems: what is told is what is wrong, once, and nothing else. */
describeWithMounts('a transfer fails and tells the true cause', () => {
  test.each([[[24]], [[23, 24]]])('when the destination is read-only, tolerating %j', async (tolerate) => {
    const usb = await drive('-t', 'tmpfs', 'tmpfs');
    const world = await TransferWorld.make(dir.path, 'none', { tolerate }, usb);
    await world.many(5);
    const planned = await world.plan();
    execFileSync('mount', ['-o', 'remount,ro', usb]);
    const { result, codes } = await world.apply(planned);

    expect([result.outcome, codes]).toEqual(['failed', ['destination-read-only']]);
    expect(result.findings[0]?.help).toContain('dmesg');
  });

  test('when this user may not write there', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { tolerate: [23, 24] });
    await world.many(5);
    const { result, codes } = await world.run({ transport: asNobody(world.transport) });

    expect(result.outcome).toBe('failed');
    expect(codes).toContain('destination-not-writable');
    expect(codes).not.toContain('files-unreadable');
  });

  test('when an entry there is immutable', async () => {
    const world = await TransferWorld.make(dir.path, 'none', {}, await mountExt4());
    await world.files({ file: '1' });
    await world.run();
    await world.files({ file: 'longer' });
    const copy = join(world.destination, 'file');
    execFileSync('chattr', ['+i', copy]);
    const { result, codes } = await world.run();
    execFileSync('chattr', ['-i', copy]);

    expect([result.outcome, codes]).toEqual(['failed', ['destination-protected']]);
    expect(result.findings[0]?.message).toContain(copy);
    expect((await world.run()).result.outcome).toBe('done');
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  test('once for each, when the source has one and the destination another', async () => {
    const usb = await drive('-t', 'tmpfs', '-o', 'size=2m', 'tmpfs');
    const world = await TransferWorld.make(dir.path, 'none', {}, usb);
    await world.files({ locked: '1', 'locked-too': '2' });
    await writeFile(join(world.source, 'z-big'), Buffer.alloc(4_000_000, 1));
    for (const name of ['locked', 'locked-too']) await chmod(join(world.source, name), 0o000);
    execFileSync('chown', ['-R', '65534:65534', world.destination]);
    const { result, codes } = await world.run({ transport: asNobody(world.transport) });

    expect(codes).toEqual(['disk-full', 'files-unreadable']);
    expect(result.findings[1]?.message).toMatch(/locked, \/.*locked-too\.$/);
  });
});

describeWithMounts('a transfer that tolerates what cannot be read', () => {
  test('says which folder keeps it from deleting, and does not promise that the next run does', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { tolerate: [23, 24] });
    await world.files({ good: '1', 'vault/secret': '2', [join(world.destination, 'extra')]: '' });
    await chmod(join(world.source, 'vault'), 0o000);
    execFileSync('chown', ['-R', '65534:65534', world.destination]);
    const asked = world.transport;
    const { result, codes } = await world.run({ transport: asNobody(asked) });

    expect([result.outcome, codes]).toEqual(['done', ['files-unreadable', 'deletes-postponed']]);
    expect(result.findings[1]?.message).toContain(`${join(world.source, 'vault')} is not known`);
    expect(result.findings[1]?.help).not.toContain('next run');
    expect(await readdir(world.destination)).toContain('extra');
  });

  test('takes a file that is cut off while it is read for one that changed, as it takes one that vanished', async () => {
    const slow = { rsync: { ...syncOf('none').rsync, bandwidth: '2m' } };
    const world = await TransferWorld.make(dir.path, 'hard-link', slow);
    await world.files({ a: 'x'.repeat(6_000_000) });
    let cut: Promise<void> | null = null;
    // rsync waits meanwhile.
    const cutOff = (): Promise<void> => {
      const goOn = freeze(dir.path);
      return truncate(join(world.source, 'a'), 10).finally(goOn);
    };
    const onProgress = () => void (cut ??= cutOff());
    const { result, codes } = await world.run({ onProgress, onRan: () => cut ?? undefined });

    expect(cut).not.toBeNull();
    expect([result.outcome, codes]).toEqual(['done', ['files-changed']]);
    expect((await world.run()).codes).toEqual([]);
  });
});

describeWithMounts('names of one file, where it cannot have so many', () => {
  /** A btrfs of an older kernel: about twenty such names of a file are all that a folder can have. */
  async function fewNames(): Promise<string> {
    const image = join(dir.path, 'btrfs.img');
    execFileSync('truncate', ['-s', '120M', image]);
    execFileSync('mkfs.btrfs', ['-q', '-O', '^extref', '-n', '4096', image]);
    return drive('-o', 'loop', image);
  }

  const longName = (index: number) => `n${index}${'x'.repeat(200)}`;
  const inodes = (folder: string) => new Set(names(folder).map((name) => statSync(join(folder, name)).ino));
  const all = (folder: string) => readdirSync(folder).filter((name) => !name.startsWith('.nbkp-'));
  const names = (folder: string) => all(folder).filter((name) => name.startsWith('n'));

  test.each([
    ['none', 'at once', []],
    ['hard-link', 'at once', []],
    ['hard-link', 'one by one', ['--fuzzy']],
  ] as const)('are files of their own, and none is missing in any run: %s, linked %s', async (mode, _, more) => {
    const rsync = { ...syncOf(mode).rsync, extraOptions: ['-H', ...more] };
    const world = await TransferWorld.make(dir.path, mode, { rsync }, await fewNames());
    await world.files({ [longName(0)]: 'x', other: 'y', 'z/last': 'z' });
    for (let index = 1; index < 50; index += 1)
      linkSync(join(world.source, longName(0)), join(world.source, longName(index)));
    linkSync(join(world.source, 'other'), join(world.source, 'z/other'));
    const seen = new Map<string, unknown>();
    for (let round = 0; round < 3; round += 1) {
      const { result, codes, snapshot } = await world.run();
      const copy = snapshot ?? world.destination;
      expect([result.outcome, codes]).toEqual(['done', ['names-copied-apart']]);
      expect(all(copy)).toEqual(all(world.source));
      expect(inodes(copy).size).toBeGreaterThan(1);
      for (const [folder, tree] of seen) expect(await treeOf(folder)).toEqual(tree);
      if (snapshot !== null) seen.set(copy, await treeOf(copy));
      await world.files({ [`new${round}`]: 'new' });
    }
  });
});

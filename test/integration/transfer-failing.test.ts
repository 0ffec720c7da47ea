import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Transport } from '../../src/hosts/transport/transport.ts';
import type { RsyncOptions } from '../../src/planner/model/spec.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { syncOf, TransferWorld, withFullDrive } from '../support/transfer.ts';
import { treeOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

const RSYNC: RsyncOptions = syncOf('none').rsync;

/** Everything runs as nobody, who cannot read what root can. */
function asNobody(transport: Transport): Transport {
  const user = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  return { ...transport, run: (argv, options) => transport.run([...user, ...argv], options) };
}

async function unreadableWorld(tolerate: number[]): Promise<TransferWorld> {
  const world = await TransferWorld.make(dir.path, 'none', { tolerate });
  await world.files({ good: '1', 'secret-1': '2', 'secret-2': '3', [join(world.destination, 'extra')]: '' });
  await chmod(dir.path, 0o755);
  await chmod(join(world.source, 'secret-1'), 0o000);
  await chmod(join(world.source, 'secret-2'), 0o000);
  execFileSync('chown', ['-R', '65534:65534', world.destination]);
  return world;
}

describe('a file that cannot be read', () => {
  test('fails the transfer, names the files and deletes nothing', async () => {
    const world = await unreadableWorld([24]);
    const { result } = await world.run({ transport: asNobody(world.transport) });

    expect(result).toMatchObject({ outcome: 'failed', findings: [{ severity: 'error', code: 'files-unreadable' }] });
    expect(result.findings[0]?.message).toMatch(/^This user may not read in the source: \/.*secret-1, \/.*secret-2\.$/);
    expect((await readdir(world.destination)).sort()).toEqual(['.nbkp-dst', 'extra', 'good']);
  });

  test('is a warning when the user tolerates 23, and deletions wait', async () => {
    const world = await unreadableWorld([23]);
    const { result, codes } = await world.run({ transport: asNobody(world.transport) });

    expect(result.outcome).toBe('done');
    expect(result.findings.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(codes).toEqual(['files-unreadable', 'deletes-postponed']);
    expect((await readdir(world.destination)).sort()).toEqual(['.nbkp-dst', 'extra', 'good']);
  });
});

describe('a full disk', () => {
  test('fails with its own code, and with more room the next run goes on', async () => {
    const usb = join(dir.path, 'small');
    await withFullDrive(usb, 'size=6m', async () => {
      const world = await TransferWorld.make(dir.path, 'hard-link', {}, usb);
      await writeFile(join(world.source, 'a-fits'), randomBytes(2_000_000));
      await writeFile(join(world.source, 'b-does-not'), randomBytes(8_000_000));
      const first = await world.run();
      expect(first.result).toMatchObject({ outcome: 'failed', findings: [{ code: 'disk-full' }] });
      expect(first.snapshot).toBeNull();
      // The partial that was left has another name by the time that the drive is full again.
      const again = await world.run();
      expect(again.codes).toEqual(['disk-full']);
      // Without a last snapshot there is nothing to link what was renamed from.
      expect(again.result.findings[0]?.help).not.toContain('This run went on');

      execFileSync('mount', ['-o', 'remount,size=40m', usb]);
      const second = await world.run();
      expect(second.result).toMatchObject({ outcome: 'done', changes: { files: 1 } });
      expect(await treeOf(second.snapshot ?? '')).toEqual(await treeOf(world.source));
    });
  });

  test('names what an earlier run has left, where a renamed file is copied once more', async () => {
    const usb = join(dir.path, 'renamed');
    await withFullDrive(usb, 'size=6m', async () => {
      const world = await TransferWorld.make(dir.path, 'hard-link', {}, usb);
      await writeFile(join(world.source, 'large'), randomBytes(4_000_000));
      await world.run();
      await rename(join(world.source, 'large'), join(world.source, 'renamed'));
      await writeFile(join(world.source, 'new'), randomBytes(3_000_000));
      expect((await world.run()).codes).toEqual(['disk-full']);
      await rm(join(world.source, 'new'));
      const again = await world.run();
      expect(again.codes).toEqual(['disk-full']);
      const [, folder = ''] = /This run went on in (\S+),/.exec(again.result.findings[0]?.help ?? '') ?? [];
      await rm(folder, { recursive: true });
      expect((await world.run()).codes).toEqual([]);
    });
  });

  test('of inodes is a full disk too', async () => {
    const usb = join(dir.path, 'small');
    await withFullDrive(usb, 'size=6m,nr_inodes=20', async () => {
      const world = await TransferWorld.make(dir.path, 'none', {}, usb);
      await world.many(30);
      expect((await world.run()).result).toMatchObject({ outcome: 'failed', findings: [{ code: 'disk-full' }] });
    });
  });
});

describe('rsync', () => {
  test('that does not know an option is a failure that says where to look', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { rsync: { ...RSYNC, extraOptions: ['--no-such'] } });
    const { result } = await world.run();

    expect(result).toMatchObject({ outcome: 'failed', findings: [{ code: 'rsync-failed' }] });
    expect(result.findings[0]?.message).toContain('--no-such: unknown option');
    expect(result.findings[0]?.help).toContain('rsync.extra-options');
  });

  test('that is told to be quiet cannot be judged, and so it is a failure', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { rsync: { ...RSYNC, extraOptions: ['-q'] } });
    expect((await world.run()).result).toMatchObject({
      outcome: 'failed',
      findings: [{ code: 'rsync-output-unknown' }],
    });
  });

  test('that is told to be verbose is understood, whatever the names of the files', async () => {
    const world = await TransferWorld.make(dir.path, 'none', {
      rsync: { ...RSYNC, extraOptions: ['-vv', '-P', '-h', '-i'] },
    });
    await world.files({ 'Number of files: 99': '', 'Number of deleted files: 7': '' });
    const { result } = await world.run();
    expect(result).toMatchObject({ outcome: 'done', changes: { entries: 2, created: 2, deleted: 0 } });
  });

  test('that is killed is a failure', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { rsync: { ...RSYNC, bandwidth: '2m' } });
    await writeFile(join(world.source, 'big'), randomBytes(8_000_000));
    const kill = (): void => {
      const list = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
      const own = list.filter((line) => line.includes(' rsync ') && line.includes(dir.path));
      for (const line of own) process.kill(Number.parseInt(line, 10), 'SIGKILL');
    };
    const { result } = await world.run({ onProgress: kill });
    expect(result).toMatchObject({ outcome: 'failed', findings: [{ code: 'rsync-failed' }] });
  });
});

test('a target that cannot be made ready fails before rsync runs', async () => {
  const world = await TransferWorld.make(dir.path, 'hard-link');
  const planned = await world.plan();
  execFileSync('rmdir', [join(world.destination, 'snapshots')]);
  const { result, context } = await world.apply(planned);

  expect(result).toMatchObject({ outcome: 'failed', findings: [{ code: 'transfer-prepare-failed' }] });
  expect(context.ran.map(([program]) => program)).toEqual(['sh']);
});

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBtrfs, makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { Sandbox } from '../support/sandbox.ts';
import { outcome } from '../support/scripted.ts';
import { SHELLS, SpecScript } from '../support/spec-script.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { growTree, treeOf } from '../support/tree.ts';

const ROUNDS = 20;

let dir: TempDir;

beforeAll(async () => {
  dir = await makeTempDir();
});
afterAll(() => dir.remove());

/** A laptop and a drive with copies of both, prepared. */
function worldOf(name: string, drive: string, mode: 'hard-link' | 'btrfs'): Sandbox {
  const sandbox = new Sandbox(join(dir.path, name));
  for (const folder of ['documents', 'mirror']) mkdirSync(join(sandbox.root, 'laptop', folder), { recursive: true });
  mkdirSync(drive, { recursive: true });
  sandbox.writeSpec(`version = 1
[volumes.laptop]
path = "${sandbox.root}/laptop"
[volumes.usb]
path = "${drive}"
[syncs.documents]
source = "laptop:documents"
destination = "usb:documents"
snapshots = { mode = "${mode}", keep = { last = 3 } }
[syncs.chained]
source = "usb:documents"
destination = "usb:chained"
[syncs.mirror]
source = "laptop:mirror"
destination = "usb:mirror"
snapshots = { mode = "${mode}", when = "changed", keep = { last = 2, within = "1h" } }
`);
  growTree(join(sandbox.root, 'laptop/documents'));
  execFileSync('find', [join(sandbox.root, 'laptop'), '-exec', 'touch', '-h', '-d', '2026-01-01', '{}', '+']);
  expect(sandbox.nbkp('prepare', '--yes').code).toBe(0);
  return sandbox;
}

/** The same change of both sources in both worlds. */
function change(sandbox: Sandbox, round: number): void {
  const at = (path: string): string => join(sandbox.root, 'laptop', path);
  sandbox.files({ [`laptop/documents/round-${round}`]: `${round}`, 'laptop/documents/rewritten': `${round}\n` });
  const time = new Date(Date.UTC(2026, 0, 1, 0, 0, round));
  for (const name of [`documents/round-${round}`, 'documents/rewritten'])
    execFileSync('touch', ['-d', time.toISOString(), at(name)]);
  if (round % 3 === 0) rmSync(at(`documents/round-${round - 2}`), { force: true });
  if (round % 4 === 0) execFileSync('chmod', ['640', at(`documents/round-${round}`)]);
  if (round % 5 === 0) renameSync(at(`documents/round-${round}`), at(`documents/renamed-${round}`));
  // Every other round finds nothing new there.
  if (round % 2 === 0) sandbox.files({ 'laptop/mirror/file': `${round}` });
  execFileSync('touch', ['-d', time.toISOString(), at('documents'), at('mirror')]);
  if (round % 2 === 0) execFileSync('touch', ['-d', time.toISOString(), at('mirror/file')]);
}

/** What both have in the end, whoever made it. */
async function alternate(alone: Sandbox, turns: Sandbox, drives: { alone: string; turns: string }): Promise<void> {
  const script = new SpecScript(turns);
  const since = Math.floor(Date.now() / 1000);
  for (let round = 1; round <= ROUNDS; round += 1) {
    change(alone, round);
    change(turns, round);
    expect(alone.nbkp('run').code).toBe(0);
    const shell = SHELLS[Math.floor(round / 2) % SHELLS.length] ?? SHELLS[0];
    if (round % 2 === 0) expect(turns.nbkp('run').code).toBe(0);
    else expect(script.run(shell), `round ${round}`).toMatchObject({ code: 0, stderr: '' });
    expect(await outcome(drives.turns, since), `round ${round}`).toEqual(await outcome(drives.alone, since));
  }
  expect(turns.nbkp('check').code).toBe(0);
  expect(turns.nbkp('verify', 'documents').code).toBe(0);
}

describe(`a script and run, that take turns for ${ROUNDS} rounds,`, () => {
  it('leave with hard links what run leaves alone', { timeout: 1_800_000 }, async () => {
    const drives = { alone: join(dir.path, 'alone-usb'), turns: join(dir.path, 'turns-usb') };
    const alone = worldOf('alone', drives.alone, 'hard-link');
    await alternate(alone, worldOf('turns', drives.turns, 'hard-link'), drives);
  });
});

describeWithMounts('a script and run on drives of their own', () => {
  const mounts: BtrfsMount[] = [];
  afterAll(async () => {
    for (const mount of mounts) await mount.remove();
  });

  it(`leave with btrfs what run leaves alone, after ${ROUNDS} rounds`, { timeout: 1_800_000 }, async () => {
    const [one, other] = [await makeBtrfs(200), await makeBtrfs(200)];
    mounts.push(one, other);
    const drives = { alone: one.path, turns: other.path };
    const alone = worldOf('btrfs-alone', drives.alone, 'btrfs');
    await alternate(alone, worldOf('btrfs-turns', drives.turns, 'btrfs'), drives);
  });

  it('go on where a full drive has ended the other, and skip one that is not mounted', async () => {
    const drive = await makeFileSystem(12, ['mkfs.ext4', '-q', '-m', '0']);
    mounts.push(drive);
    const sandbox = worldOf('full', drive.path, 'hard-link');
    const large = join(sandbox.root, 'laptop/documents/large');
    const script = new SpecScript(sandbox, '--only', 'documents');
    expect(script.run(['dash']).code).toBe(0);
    const there = (): string[] => readdirSync(join(drive.path, 'documents/snapshots')).sort();
    const [first] = there();
    writeFileSync(large, randomBytes(14_000_000));
    expect(script.run(['dash'])).toMatchObject({ code: 1, stderr: expect.stringContaining('No space left') as string });
    expect(there()).toEqual([expect.stringMatching(/^\.partial-/), first]);
    rmSync(large);
    expect(sandbox.nbkp('run', '--only', 'documents').code).toBe(0);
    expect(there()).toHaveLength(2);
    writeFileSync(large, randomBytes(14_000_000));
    expect(sandbox.nbkp('run', '--only', 'documents').code).toBe(1);
    rmSync(large);
    expect(script.run(['dash'])).toMatchObject({ code: 0, stderr: '' });
    expect(there()).toHaveLength(3);
    expect(await treeOf(join(drive.path, 'documents', 'snapshots', there().at(-1) ?? ''))).toEqual(
      await treeOf(join(sandbox.root, 'laptop/documents')),
    );
    await drive.unmount();
    expect(script.run(['dash'])).toMatchObject({ code: 0, stdout: expect.stringContaining('skipped') as string });
    expect(readdirSync(drive.path)).toEqual([]);
    // Marks on the bare mountpoint lead nobody astray.
    execFileSync('sh', ['-c', 'cd "$1" && mkdir documents && touch .nbkp-vol documents/.nbkp-dst', 'sh', drive.path]);
    expect(script.run(['dash'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing is mounted at') as string,
    });
    expect(readdirSync(join(drive.path, 'documents'))).toEqual(['.nbkp-dst']);
  });

  it('find a drive with mount by its UUID, wherever it is mounted', async () => {
    const drive = await makeFileSystem(40, ['mkfs.ext4', '-q', '-m', '0']);
    mounts.push(drive);
    const sandbox = worldOf('moved', drive.path, 'hard-link');
    sandbox.writeSpec(
      execFileSync('cat', [sandbox.spec], { encoding: 'utf8' }).replace(
        `path = "${drive.path}"`,
        `mount.device-uuid = "${drive.uuid}"`,
      ),
    );
    const script = new SpecScript(sandbox, '--only', 'documents');
    const elsewhere = join(dir.path, 'elsewhere');
    mkdirSync(elsewhere);
    await drive.unmount();
    execFileSync('mount', ['-o', 'loop', drive.image, elsewhere]);
    try {
      expect(script.run(['dash'])).toMatchObject({ code: 0, stderr: '' });
      expect(readdirSync(join(elsewhere, 'documents/snapshots'))).toHaveLength(1);
    } finally {
      execFileSync('umount', [elsewhere]);
    }
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBtrfs, makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts, noMounts } from '../support/requirements.ts';
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

/** A drive for each mode of snapshots. */
type Drives = Partial<Record<'hard-link' | 'btrfs', string>>;

/** What goes to a drive: with snapshots and hooks, what reads those, and what makes none where nothing is new. */
const syncsTo = (drive: string, mode: string, root: string): string => `
[volumes.${mode}]
path = "${drive}"
[syncs.documents-${mode}]
source = "laptop:documents"
destination = "${mode}:documents"
filters = ["- *.tmp", "- it's $HOME \`id\`"]
snapshots = { mode = "${mode}", keep = { last = 3, timezone = "Europe/Berlin" } }
before = [["sh", "-c", "echo before >>${root}/hooks-${mode}"]]
after = [["sh", "-c", "echo after >>${root}/hooks-${mode}"]]
on-failure = [["sh", "-c", "echo failed >>${root}/hooks-${mode}"]]
[syncs.chained-${mode}]
source = "${mode}:documents"
destination = "${mode}:chained"
[syncs.mirror-${mode}]
source = "laptop:mirror"
destination = "${mode}:mirror"
snapshots = { mode = "${mode}", when = "changed", keep = { last = 2, within = "1h" } }
[syncs.off-${mode}]
enabled = false
source = "laptop:mirror"
destination = "${mode}:off"
`;

/** A laptop and drives with copies of it, prepared. */
function worldOf(name: string, drives: Drives): Sandbox {
  const sandbox = new Sandbox(join(dir.path, name));
  for (const folder of ['documents', 'mirror']) mkdirSync(join(sandbox.root, 'laptop', folder), { recursive: true });
  const syncs = Object.entries(drives).map(([mode, drive]) => syncsTo(drive, mode, sandbox.root));
  sandbox.writeSpec(`version = 1\n[volumes.laptop]\npath = "${sandbox.root}/laptop"\n${syncs.join('')}`);
  growTree(join(sandbox.root, 'laptop/documents'));
  execFileSync('find', [join(sandbox.root, 'laptop'), '-exec', 'touch', '-h', '-d', '2026-01-01', '{}', '+']);
  expect(sandbox.nbkp('prepare', '--yes').code).toBe(0);
  return sandbox;
}

/** The same change in both worlds. Each kind of change meets a run and a script, and a script in each shell. */
function change(sandbox: Sandbox, round: number): void {
  const at = (path: string): string => join(sandbox.root, 'laptop', path);
  const touched = ['documents', 'mirror', `documents/round-${round}`, 'documents/rewritten'];
  sandbox.files({ [`laptop/documents/round-${round}`]: `${round}`, 'laptop/documents/rewritten': `${round}\n` });
  sandbox.files({ 'laptop/documents/left-out.tmp': `${round}` });
  if (round % 3 === 0) rmSync(at(`documents/round-${round - 2}`));
  if (round % 3 === 1) execFileSync('chmod', ['640', at(`documents/round-${round}`)]);
  if (round % 5 === 0) {
    renameSync(at('documents/rewritten'), at(`documents/renamed-${round}`));
    touched.splice(-1, 1, `documents/renamed-${round}`);
  }
  // Other rounds find nothing new there.
  if (round % 3 === 2) {
    sandbox.files({ 'laptop/mirror/file': `${round}` });
    touched.push('mirror/file');
  }
  const time = new Date(Date.UTC(2026, 0, 1, 0, 0, round)).toISOString();
  execFileSync('touch', ['-d', time, ...touched.map(at)]);
}

/** Both modes in one world: most of a round is the start of nbkp. */
async function alternate(alone: Sandbox, turns: Sandbox, drives: Record<'alone' | 'turns', Drives>): Promise<void> {
  const script = new SpecScript(turns);
  const since = Math.floor(Date.now() / 1000);
  const seen = async (of: Drives): Promise<string[]> =>
    (await Promise.all(Object.entries(of).map(([mode, drive]) => outcome(drive, since, mode === 'hard-link')))).flat();
  const modes = Object.keys(drives.alone);
  for (let round = 1; round <= ROUNDS; round += 1) {
    change(alone, round);
    change(turns, round);
    expect(alone.nbkp('run').code).toBe(0);
    const shell = SHELLS[Math.floor(round / 2) % SHELLS.length] ?? SHELLS[0];
    if (round % 2 === 0) expect(turns.nbkp('run').code).toBe(0);
    else expect(script.run(shell), `round ${round}`).toMatchObject({ code: 0, stderr: '' });
    expect(await seen(drives.turns), `round ${round}`).toEqual(await seen(drives.alone));
  }
  for (const mode of modes) {
    const hooks = [alone, turns].map(({ root }) => readFileSync(join(root, `hooks-${mode}`), 'utf8'));
    expect(hooks).toEqual(['before\nafter\n'.repeat(ROUNDS), 'before\nafter\n'.repeat(ROUNDS)]);
    expect(turns.nbkp('verify', `documents-${mode}`).code).toBe(0);
  }
  // The next run finds nothing to wonder about.
  expect(turns.nbkp('check')).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(turns.nbkp('plan', '--json').stdout)).toMatchObject({
    findings: [],
    summary: { syncs: { planned: 3 * modes.length, disabled: modes.length } },
  });
}

const mounts: BtrfsMount[] = [];
afterAll(async () => {
  for (const mount of mounts) await mount.remove();
});

async function drivesOf(name: string): Promise<Drives> {
  const usb = join(dir.path, `${name}-usb`);
  mkdirSync(usb);
  if (noMounts !== null) return { 'hard-link': usb };
  const mount = await makeBtrfs(200);
  mounts.push(mount);
  return { 'hard-link': usb, btrfs: mount.path };
}

it(`a script and run, in turns for ${ROUNDS} rounds, leave what run leaves alone`, { timeout: 1_800_000 }, async () => {
  const drives = { alone: await drivesOf('alone'), turns: await drivesOf('turns') };
  await alternate(worldOf('alone', drives.alone), worldOf('turns', drives.turns), drives);
});

describeWithMounts('a script and run on drives of their own', () => {
  it('go on where a full drive has ended the other, and skip one that is not mounted', async () => {
    const drive = await makeFileSystem(12, ['mkfs.ext4', '-q', '-m', '0']);
    mounts.push(drive);
    const sandbox = worldOf('full', { 'hard-link': drive.path });
    const large = join(sandbox.root, 'laptop/documents/large');
    const script = new SpecScript(sandbox, '--only', 'documents-hard-link');
    expect(script.run(['dash']).code).toBe(0);
    const there = (): string[] => readdirSync(join(drive.path, 'documents/snapshots')).sort();
    const [first] = there();
    writeFileSync(large, randomBytes(14_000_000));
    expect(script.run(['dash'])).toMatchObject({ code: 1, stderr: expect.stringContaining('No space left') as string });
    expect(there()).toEqual([expect.stringMatching(/^\.partial-/), first]);
    rmSync(large);
    expect(sandbox.nbkp('run', '--only', 'documents-hard-link').code).toBe(0);
    expect(there()).toHaveLength(2);
    writeFileSync(large, randomBytes(14_000_000));
    expect(sandbox.nbkp('run', '--only', 'documents-hard-link').code).toBe(1);
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
    const sandbox = worldOf('moved', { 'hard-link': drive.path });
    sandbox.writeSpec(
      execFileSync('cat', [sandbox.spec], { encoding: 'utf8' }).replace(
        `path = "${drive.path}"`,
        `mount.device-uuid = "${drive.uuid}"`,
      ),
    );
    const script = new SpecScript(sandbox, '--only', 'documents-hard-link');
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

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { KillAt } from '../support/kill-at.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { LaptopAndServer } from '../support/ssh/server.ts';
import type { Answer } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { growTree } from '../support/tree.ts';
import { expectOrderly, Laws } from './laws.ts';
import { tries, type Changes, type Try } from './tries.ts';

const { NBKP_CAMPAIGN_SEED: SEED, NBKP_CAMPAIGN_TRIES: TRIES, NBKP_CAMPAIGN_ONLY: ONLY } = process.env;
const all = tries(Number(SEED ?? 1), Number(TRIES ?? 16)).map((attempt, number) => ({ attempt, number }));
const wanted = all.filter(({ number }) => (ONLY ?? '') === '' || number === Number(ONLY));

const HUB = '[ssh.hub]\nhost = "hub.road"\nserver-alive-interval = 1';

/** A file system that is small enough to be full soon. */
function makeExt4(dir: TempDir): string {
  const [image, path] = [join(dir.path, 'ext4.img'), join(dir.path, 'ext4')];
  mkdirSync(path);
  execFileSync('truncate', ['-s', '64M', image]);
  execFileSync('mkfs.ext4', ['-q', image]);
  execFileSync('mount', ['-o', 'loop', image, path]);
  return path;
}

describeWithMounts('whatever happens to a run, nothing is lost and the next one puts it right', () => {
  let dir: TempDir;
  let btrfs: BtrfsMount;
  let ext4: string;
  let killAt: KillAt;
  let lab: LaptopAndServer;

  beforeAll(async () => {
    dir = await makeTempDir();
    btrfs = await makeBtrfs(300);
    ext4 = makeExt4(dir);
    killAt = new KillAt(join(dir.path, 'programs'));
    // Its machines see what is mounted when they start.
    lab = await LaptopAndServer.start();
  });

  afterAll(async () => {
    await lab.stop();
    await btrfs.remove();
    execFileSync('umount', [ext4]);
    await dir.remove();
  });

  it.each(wanted)('try $number: $attempt.fault in mode $attempt.mode $attempt.place', async ({ attempt, number }) => {
    const disk = attempt.mode === 'btrfs' ? btrfs.path : ext4;
    const subject = backedUp(join(dir.path, String(number)), join(disk, String(number)), attempt);
    const laws = new Laws(subject);
    change(subject, attempt.changes);
    const programs = programsOfARun(subject, attempt);
    if (attempt.adopts) forgetOwner(subject);
    await laws.remember();
    await happens(subject, disk, attempt, 1 + Math.floor(attempt.moment * programs));
    await laws.holdAfterFault();
    if (attempt.verifies) expectOrderly(subject.sandbox.nbkp('verify'));
    if (attempt.recovers) expectOrderly(subject.sandbox.nbkp('recover', '--yes'));
    subject.run(0);
    subject.expectCode(0, subject.sandbox.nbkp('recover', '--yes'));
    await laws.holdAtTheEnd();
    removeAll(subject);
  });

  function backedUp(root: string, drive: string, { mode, place, hooks, prunesFirst }: Try): Backup {
    const there = { volume: 'ssh = "hub"', more: HUB, through: lab.laptop.enter };
    const subject = new Backup(root, {
      mode,
      drive,
      sync: [
        ...(mode === 'none' ? [] : ['snapshots.keep.last = 2', `policy.prune-first = ${prunesFirst}`]),
        ...(hooks ? ['before = [["true"]]', 'after = [["true"]]', 'on-failure = [["true"]]'] : []),
      ].join('\n'),
      ...(place === 'server' ? there : {}),
    });
    growTree(subject.source);
    subject.many(20);
    subject.run(0);
    if (mode !== 'none') {
      subject.write({ f0: 'other' });
      subject.run(0);
    }
    return subject;
  }

  /** How many programs a run starts hardly depends on what it copies. */
  function programsOfARun(subject: Backup, { fault }: Try): number {
    if (fault.kind === 'many') return 0;
    subject.expectCode(0, subject.sandbox.nbkpWith(killAt.environment(0), 'run', '--no-prune'));
    subject.write({ f1: 'something to copy, too' });
    return killAt.count();
  }

  async function happens(subject: Backup, disk: string, { fault }: Try, at: number): Promise<void> {
    const run = (what?: string): Answer => subject.sandbox.nbkpWith(killAt.environment(at, what), 'run');
    if (fault.kind === 'many') return atOnce(subject, fault.runs);
    if (fault.kind === 'cable') {
      expectOrderly(run('ip link set road down'));
      return lab.cable.plugIn();
    }
    if (fault.kind === 'killed') return expectOrderly(run(), 'SIGKILL');
    if (fault.kind === 'signal') return expectOrderly(run(`kill -${fault.signal} "$PPID"`), `SIG${fault.signal}`);
    if (fault.kind === 'full') {
      const filler = join(disk, 'filler');
      const { bavail, bsize } = statfsSync(disk);
      expectOrderly(run(`fallocate -l ${Math.max(bavail * bsize - fault.left, 1)} '${filler}'`));
      rmSync(filler, { force: true });
      return;
    }
    const folder = fault.what === 'drive' ? subject.drive : subject.source;
    expectOrderly(run(`mv '${folder}' '${folder}-away' && mkdir '${folder}'`));
    // The run may have ended before its moment came.
    if (!existsSync(`${folder}-away`)) return;
    // Nothing may be written into the folder that took its place, as into a mountpoint without its drive.
    expect(readdirSync(folder)).toEqual([]);
    rmdirSync(folder);
    renameSync(`${folder}-away`, folder);
  }
});

/** One of them at least does the work; the others are told that it is being done. */
async function atOnce(subject: Backup, runs: number): Promise<void> {
  const running = Array.from({ length: runs }, () => subject.sandbox.start(['run']));
  const answers = await Promise.all(running.map(({ ended }) => ended));
  for (const answer of answers) expectOrderly(answer);
  expect(answers.map(({ code }) => code)).toContain(0);
}

/** As marks were before they had ids. */
function forgetOwner(subject: Backup): void {
  writeFileSync(join(subject.source, '.nbkp-src'), '');
  writeFileSync(join(subject.destination, '.nbkp-dst'), '');
}

function change(subject: Backup, { added, changed, removed, renamed, large }: Changes): void {
  const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  subject.write(Object.fromEntries(range(added).map((index) => [`new/${index}`, `new ${index}`])));
  subject.write(Object.fromEntries(range(changed).map((index) => [`f${index}`, `changed, and longer ${index}`])));
  for (const index of range(removed)) rmSync(join(subject.source, `f${10 + index}`));
  for (const index of range(renamed))
    renameSync(join(subject.source, `f${15 + index}`), join(subject.source, `g${index}`));
  writeFileSync(join(subject.source, 'large'), Buffer.alloc(large, 'l'));
}

function removeAll(subject: Backup): void {
  for (const name of subject.mode === 'btrfs' ? subject.entries() : []) {
    execFileSync('btrfs', ['-q', 'subvolume', 'delete', subject.snapshot(name)]);
  }
  if (subject.mode === 'btrfs')
    execFileSync('btrfs', ['-q', 'subvolume', 'delete', join(subject.destination, 'staging')]);
  for (const folder of [subject.drive, subject.sandbox.root]) rmSync(folder, { recursive: true, force: true });
}

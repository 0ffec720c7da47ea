import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CheckDocument } from '../../src/planner/model/documents.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

/** How a file system is made in an image, and the type that mount(8) knows its driver by. */
const MADE = {
  'exfat-fuse': { mb: 64, mkfs: ['mkfs.exfat'], kept: ['--no-links'] },
  'ntfs-3g': { mb: 64, mkfs: ['mkfs.ntfs', '-F', '-Q', '-q'], kept: ['--no-perms'] },
  ext4: { mb: 64, mkfs: ['mkfs.ext4', '-q', '-F', '-I', '128'], kept: [] },
  xfs: { mb: 320, mkfs: ['mkfs.xfs', '-q', '-f'], kept: [] },
  btrfs: { mb: 120, mkfs: ['mkfs.btrfs', '-q'], kept: [] },
} as const;

let dir: TempDir | null = null;
let drive: BtrfsMount | null = null;

afterEach(async () => {
  await drive?.remove();
  await dir?.remove();
  [drive, dir] = [null, null];
});

function must(code: number, answer: Answer): Answer {
  expect(answer.code, `${answer.stdout}${answer.stderr}`).toBe(code);
  return answer;
}

const transferred = (answer: Answer) => (JSON.parse(answer.stdout) as RunRecord).syncs.map(({ files }) => files);

describeWithMounts('a first backup, as init proposes it', () => {
  it.each(Object.keys(MADE) as (keyof typeof MADE)[])('works on %s, and the second copies nothing', async (type) => {
    const { mb, mkfs, kept } = MADE[type];
    dir = await makeTempDir();
    drive = await makeFileSystem(mb, [...mkfs], 'rw', type);
    const box = new Sandbox(dir.path);
    box.files({
      'home/letter.txt': 'Dear reader',
      'home/photos/sea.jpg': 'x'.repeat(3000),
      'home/photos/key': 'secret',
    });
    const photos = join(dir.path, 'home/photos');
    // As a home has them: another mode and owner, a link, and times that no stick of FAT keeps.
    execFileSync('sh', ['-c', 'chmod 600 key; chown 1234 key; ln -s sea.jpg link; mkfifo pipe'], { cwd: photos });
    execFileSync('touch', ['-d', '2026-03-01 10:00:05.123456789', join(photos, 'sea.jpg')]);
    mkdirSync(join(drive.path, 'mine'));

    must(0, box.nbkp('init', '--yes', '--to', join(drive.path, 'mine')));
    must(0, box.nbkp('prepare', '--yes'));
    const { checks } = JSON.parse(box.nbkp('check', '--json').stdout) as CheckDocument;
    // udisks need not run where the drive is open already.
    expect(checks.filter(({ outcome, subject }) => outcome !== 'passed' && !subject.startsWith('udisks'))).toEqual([]);
    const plan = JSON.parse(must(0, box.nbkp('plan', '--json')).stdout) as Plan;
    const words = plan.steps.flatMap(({ commands }) => commands.flat());
    for (const word of kept) expect(words).toContain(word);
    expect(plan.findings.map(({ code }) => code)).toEqual(kept.length === 0 ? [] : ['not-kept']);

    expect(transferred(must(0, box.nbkp('run', '--json')))).toEqual([3]);
    // Times come from the drive then, not from what the driver remembers.
    await drive.unmount();
    await drive.mount();
    expect(transferred(must(0, box.nbkp('run', '--json')))).toEqual([0]);
    must(0, box.nbkp('verify'));
    const to = join(dir.path, 'restored');
    must(0, box.nbkp('restore', plan.syncs[0]?.name ?? '', '--to', to, '--yes'));
    expect(readFileSync(join(to, 'photos/key'), 'utf8')).toBe('secret');
    expect(readdirSync(join(to, 'photos')).includes('link')).toBe(type !== 'exfat-fuse');
    expect(statSync(join(to, 'photos/key')).uid).toBe(type === 'ntfs-3g' || type === 'exfat-fuse' ? 0 : 1234);
  });
});

describeWithMounts('entries that the drive cannot hold', () => {
  it('are left out by rule, and all others are as they should be', async () => {
    const { mb, mkfs } = MADE['exfat-fuse'];
    dir = await makeTempDir();
    drive = await makeFileSystem(mb, [...mkfs], 'rw', 'exfat-fuse');
    const note = (name: string): string => JSON.stringify(['touch', join(dir?.path ?? '', name)]);
    const sync = `after = [${note('after')}]\non-failure = [${note('failed')}]`;
    const subject = new Backup(dir.path, { mode: 'none', drive: join(drive.path), sync });
    subject.write({
      README: 'one',
      Readme: 'three',
      'Photos/a': 'A',
      'photos/b': 'B',
      'at 12:30?.txt': 'x',
      gone: 'y',
    });
    const left = { code: 'entries-left-out', message: expect.stringContaining('3 entries are left out') as string };
    expect(subject.plan('--files').findings).toContainEqual(
      expect.objectContaining({
        ...{ code: left.code, severity: 'warning', help: expect.stringContaining('unholdable = "skip"') as string },
        message: expect.stringMatching(/3 entries are left out.* the run is incomplete then \(exit code 1\)/) as string,
      }) as object,
    );

    const copy = join(drive.path, 'documents');
    const names = () =>
      readdirSync(copy)
        .filter((name) => !name.startsWith('.nbkp-'))
        .sort();
    const first = subject.run(1);
    expect(first.syncs).toMatchObject([{ outcome: 'incomplete', files: 3 }]);
    expect(first.steps.flatMap(({ findings }) => findings)).toMatchObject([{ ...left, severity: 'error' }]);
    expect(names()).toEqual(['Photos', 'README', 'gone']);
    expect([existsSync(join(dir.path, 'after')), existsSync(join(dir.path, 'failed'))]).toEqual([false, true]);

    expect(existsSync(join(copy, '.nbkp-last.json'))).toBe(false);

    rmSync(join(subject.source, 'gone'));
    expect(subject.run(1).syncs).toMatchObject([{ outcome: 'incomplete', files: 0, deleted: 1 }]);
    expect(names()).toEqual(['Photos', 'README']);
    expect([readFileSync(join(copy, 'README'), 'utf8'), readdirSync(join(copy, 'Photos'))]).toEqual(['one', ['a']]);
    expect(subject.sandbox.nbkp('status')).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('incomplete') as string,
    });

    subject.respec({ mode: 'none', drive: drive.path, sync: `${sync}\nunholdable = "skip"` });
    const skipped = subject.run(0);
    expect(skipped.syncs).toMatchObject([{ outcome: 'succeeded', files: 0 }]);
    expect(skipped.steps.flatMap(({ findings }) => findings)).toMatchObject([{ ...left, severity: 'warning' }]);
    expect(existsSync(join(dir.path, 'after'))).toBe(true);
  });
});

describeWithMounts('names that are one with others at the drive', () => {
  let copy = '';

  async function backup(content: Record<string, string>): Promise<Backup> {
    const { mb, mkfs } = MADE['exfat-fuse'];
    dir = await makeTempDir();
    drive = await makeFileSystem(mb, [...mkfs], 'rw', 'exfat-fuse');
    const subject = new Backup(dir.path, { mode: 'none', drive: drive.path });
    subject.write(content);
    subject.run(0);
    copy = join(drive.path, 'documents');
    return subject;
  }

  const deletions = (subject: Backup) => {
    const items = subject.plan('--files').syncs[0]?.items ?? [];
    return items.flatMap(({ change, path }) => (change === 'delete' ? [path] : [])).sort();
  };
  const read = (...names: string[]) => names.map((name) => readFileSync(join(copy, name), 'utf8'));

  it('are not gone when the source spells them anew; what is gone is deleted', async () => {
    // More than the guard lets pass whatever its limit.
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`Photos/p${index}`, `${index}`]));
    const subject = await backup({ ...many, README: 'one', other: 'x' });
    renameSync(join(subject.source, 'README'), join(subject.source, 'readme'));
    renameSync(join(subject.source, 'Photos'), join(subject.source, 'photos'));
    expect(deletions(subject)).toEqual([]);
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', deleted: 0 }]);
    expect(read('readme', 'photos/p1', 'photos/p29', 'other')).toEqual(['one', '1', '29', 'x']);

    subject.write({ readme: 'changed' });
    for (const name of ['photos/p1', 'other']) rmSync(join(subject.source, name));
    expect(deletions(subject)).toEqual(['other', 'photos/p1']);
    const run = subject.run(0);
    expect(run.syncs).toMatchObject([{ outcome: 'succeeded', deleted: 2 }]);
    expect(run.steps.flatMap(({ findings }) => findings)).toEqual([]);
    expect([existsSync(join(copy, 'photos/p1')), existsSync(join(copy, 'other'))]).toEqual([false, false]);
    expect(read('readme', 'photos/p0', 'photos/p2')).toEqual(['changed', '0', '2']);
    subject.expectCode(0, subject.sandbox.nbkp('verify'));
  });

  it('are not gone when the source has them in a folder that is left out', async () => {
    const subject = await backup({ 'Photos/p1': '1', 'Photos/p2': '2', 'Photos/p3': '3' });
    renameSync(join(subject.source, 'Photos'), join(subject.source, 'photos'));
    subject.write({ 'PHOTOS/new': 'new' });
    rmSync(join(subject.source, 'photos/p3'));
    expect(deletions(subject)).toEqual(['PHOTOS/p3']);
    expect(subject.run(1).syncs).toMatchObject([{ outcome: 'incomplete', deleted: 1 }]);
    expect(readdirSync(join(copy, 'Photos')).sort()).toEqual(['new', 'p1', 'p2']);
    expect(read('Photos/p1', 'Photos/p2')).toEqual(['1', '2']);
  });

  it('are no reason to overwrite what is backed up with what is new', async () => {
    const subject = await backup({ Readme: 'old', 'Photos/a': 'A' });
    // Both are before those in the order of rsync.
    subject.write({ README: 'new', 'PHOTOS/a': 'new', 'PHOTOS/z': 'new' });
    const run = subject.run(1);
    expect(run.syncs).toMatchObject([{ outcome: 'incomplete', files: 0, deleted: 0 }]);
    const message = expect.stringMatching(/2 entries are left out.*: README, PHOTOS\//) as string;
    expect(run.steps.flatMap(({ findings }) => findings)).toMatchObject([{ code: 'entries-left-out', message }]);
    expect(
      readdirSync(copy)
        .filter((name) => !name.startsWith('.nbkp-'))
        .sort(),
    ).toEqual(['Photos', 'Readme']);
    expect(read('Readme', 'Photos/a')).toEqual(['old', 'A']);
    expect(readdirSync(join(copy, 'Photos'))).toEqual(['a']);
    subject.expectCode(0, subject.sandbox.nbkp('verify'));
    // What changes under the name that is backed up gets there as ever.
    subject.write({ Readme: 'changed' });
    expect(subject.run(1).syncs).toMatchObject([{ files: 1 }]);
    expect(read('Readme')).toEqual(['changed']);
  });

  it("are left out where they are one with nbkp's own", async () => {
    const subject = await backup({ 'd/a': 'a' });
    const mark = read('.nbkp-dst');
    subject.write({ '.NBKP-DST': 'foreign', 'd/.Nbkp-x': 'foreign' });
    const run = subject.run(1);
    expect(run.syncs).toMatchObject([{ outcome: 'incomplete', files: 0, deleted: 0 }]);
    expect(run.steps.flatMap(({ findings }) => findings)).toMatchObject([
      { code: 'entries-left-out', message: expect.stringContaining('2 entries are left out') as string },
    ]);
    expect(read('.nbkp-dst')).toEqual(mark);
    expect(readdirSync(join(copy, 'd'))).toEqual(['a']);

    // As one that overwrote the mark would be called: no run deletes it.
    renameSync(join(copy, '.nbkp-dst'), join(copy, '.NBKP-DST'));
    for (const name of ['.NBKP-DST', 'd/.Nbkp-x']) rmSync(join(subject.source, name));
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', deleted: 0 }]);
    expect(read('.nbkp-dst')).toEqual(mark);
  });
});

describeWithMounts('a history that goes on with hard links after mode btrfs', () => {
  it('begins with a full copy, which plan, forecast and run count', async () => {
    dir = await makeTempDir();
    drive = await makeBtrfs(120);
    const subject = new Backup(dir.path, { mode: 'btrfs', drive: drive.path });
    subject.many(30, 'some text');
    subject.run(0);
    subject.respec({ mode: 'hard-link', drive: drive.path });
    subject.write({ new: 'new' });
    const plan = subject.plan('--files');
    expect(plan.findings).toMatchObject([{ code: 'files-not-linked' }]);
    expect(plan.steps.find(({ kind }) => kind === 'transfer')?.estimate).toMatchObject({
      ...{ files: 1, bytes: 3, creates: 1, deletes: 0, writtenAnew: { files: 30, bytes: 320 } },
    });
    expect(plan.forecast).toMatchObject([{ bytes: { low: 323, high: 323 }, files: { low: 31 } }]);
    const { syncs, steps } = subject.run(0);
    expect(syncs).toMatchObject([{ outcome: 'succeeded', files: 1, writtenAnew: { files: 30, bytes: 320 } }]);
    const told = steps.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(told).toEqual(['files-not-linked']);
    expect(subject.plan('--files').findings).toEqual([]);
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', files: 0 }]);
  });
});

describe('files whose modes alone changed', () => {
  it('are no links in the next snapshot, and the plan says what they take', async () => {
    dir = await makeTempDir();
    const subject = new Backup(dir.path, { mode: 'hard-link' });
    subject.many(30, 'some text');
    subject.run(0);
    expect(subject.plan('--files').findings).toEqual([]);
    execFileSync('chmod', ['-R', 'g+w', subject.source]);
    subject.write({ new: 'new' });
    const message = expect.stringMatching(/^30 files have another mode .* 320 B are written/) as string;
    const plan = subject.plan('--files');
    expect(plan.findings).toMatchObject([{ code: 'files-written-anew', message }]);
    expect(plan.steps.find(({ kind }) => kind === 'transfer')?.estimate).toMatchObject({
      ...{ files: 1, bytes: 3, writtenAnew: { files: 30, bytes: 320 } },
    });
    // The forecast counts both.
    expect(plan.forecast).toMatchObject([{ bytes: { low: 323, high: 323 }, files: { low: 31 } }]);
    const { syncs, steps } = subject.run(0);
    expect(syncs).toMatchObject([{ files: 1, writtenAnew: { files: 30, bytes: 320 } }]);
    const told = steps.flatMap(({ findings }) => findings);
    expect(told).toMatchObject([{ code: 'files-not-linked', message: expect.stringMatching(/^30 files /) as string }]);
    expect(statSync(join(subject.copy(), 'f0')).nlink).toBe(1);
    expect(subject.plan('--files').findings).toEqual([]);
    expect(subject.run(0).steps.flatMap(({ findings }) => findings)).toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CheckDocument } from '../../src/planner/model/documents.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import { makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
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
      expect.objectContaining({ ...left, severity: 'warning' }) as object,
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

describe('files whose modes alone changed', () => {
  it('are no links in the next snapshot, and the plan says what they take', async () => {
    dir = await makeTempDir();
    const subject = new Backup(dir.path, { mode: 'hard-link' });
    subject.many(3, 'some text');
    subject.run(0);
    expect(subject.plan('--files').findings).toEqual([]);
    execFileSync('chmod', ['-R', 'g+w', subject.source]);
    const message = expect.stringMatching(/^3 files have another mode .* 30 bytes are written/) as string;
    expect(subject.plan('--files').findings).toMatchObject([{ code: 'files-written-anew', message }]);
    subject.run(0);
    expect(statSync(join(subject.copy(), 'f0')).nlink).toBe(1);
    expect(subject.plan('--files').findings).toEqual([]);
  });
});

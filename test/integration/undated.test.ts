import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { VerifyDocument } from '../../src/planner/model/verification.ts';
import { Backup } from '../support/backup.ts';
import { makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const MANY = 30;
const MORE = 60;

let dir: TempDir | null = null;
let drive: BtrfsMount | null = null;

afterEach(async () => {
  await drive?.remove();
  await dir?.remove();
  [drive, dir] = [null, null];
});

describeWithMounts('files whose times the drive cannot hold', () => {
  let subject: Backup;

  async function begin(type: string, mkfs: string[], mode: 'none' | 'hard-link' = 'none'): Promise<BtrfsMount> {
    dir = await makeTempDir();
    drive = await makeFileSystem(type === 'xfs' ? 320 : 64, mkfs, 'rw', type);
    subject = new Backup(dir.path, { mode, drive: drive.path });
    return drive;
  }

  const touch = (date: string, ...names: string[]) =>
    execFileSync('touch', ['-d', date, ...names], { cwd: subject.source });
  const verified = () =>
    JSON.parse(subject.expectCode(0, subject.sandbox.nbkp('verify', '--json')).stdout) as VerifyDocument;

  it('are told and backed up, and copied again only when they change', async () => {
    const exfat = await begin('exfat-fuse', ['mkfs.exfat']);
    subject.many(MANY);
    subject.write({ 'd/[scan]': 'one', new: 'new' });
    touch('1975-05-05 10:00:01', 'd/[scan]', ...Array.from({ length: MANY }, (_, index) => `f${index}`));
    const message = expect.stringMatching(
      new RegExp(`^${MANY + 1} files have times before 1980-01-01 .*: f0, `),
    ) as string;
    const finding = { code: 'times-not-held', severity: 'warning', message };
    expect(subject.plan('--files').findings).toContainEqual(expect.objectContaining(finding) as object);

    const first = subject.run(0);
    expect(first.syncs).toMatchObject([{ outcome: 'succeeded', files: MANY + 2 }]);
    expect(first.steps.flatMap(({ findings }) => findings)).toMatchObject([finding]);
    await exfat.unmount();
    await exfat.mount();
    const { estimate } = subject.plan('--files').steps.find(({ kind }) => kind === 'transfer') ?? {};
    expect(estimate).toMatchObject({ files: 0, deletes: 0 });
    const second = subject.run(0);
    expect(second.syncs).toMatchObject([{ files: 0, deleted: 0, entries: first.syncs[0]?.entries }]);
    expect(second.steps.flatMap(({ findings }) => findings)).toMatchObject([finding]);

    // Of the same size, and of another time that cannot be held.
    subject.write({ 'd/[scan]': 'two' });
    touch('1976-05-05', 'd/[scan]');
    expect(subject.run(0).syncs).toMatchObject([{ files: 1 }]);
    expect(readFileSync(join(subject.destination, 'd/[scan]'), 'utf8')).toBe('two');
    expect(verified().syncs).toMatchObject([{ counts: { total: MANY + 2, recorded: MANY + 2 } }]);

    // A fourth of all may be deleted: those that stay as they are count as well.
    subject.write(Object.fromEntries(Array.from({ length: MORE }, (_, index) => [`g${index}`, `${index}`])));
    touch('1977-05-05', ...Array.from({ length: MORE }, (_, index) => `g${index}`));
    subject.run(0);
    for (let index = 0; index < 21; index += 1) rmSync(join(subject.source, `f${index}`));
    expect(subject.run(0).syncs).toMatchObject([{ files: 0, deleted: 21 }]);
  });

  const short = ['mkfs.ext4', '-q', '-F', '-I', '128'];
  const small = ['mkfs.xfs', '-q', '-m', 'bigtime=0'];
  it.each([
    ['ext4', 'none', short, '128-byte inodes'],
    ['ext4', 'hard-link', short, '128-byte inodes'],
    ['xfs', 'none', small, 'XFS'],
  ] as const)(
    'are told as they are copied in each run where nothing else makes a run list the source: %s, %s',
    async (type, mode, mkfs, title) => {
      await begin(type, [...mkfs], mode);
      subject.write({ far: 'text', new: 'new' });
      touch('2050-05-05 10:00:01', 'far');
      const message = expect.stringMatching(
        new RegExp(`^A file has a time before .* after 2038-01-19, .*${title}.*: far\\.`),
      ) as string;
      const finding = { code: 'times-not-held', severity: 'warning', message };
      for (const files of [2, 1]) {
        expect(subject.plan('--files').findings).toMatchObject([finding]);
        const { syncs, steps } = subject.run(0);
        expect(syncs).toMatchObject([{ outcome: 'succeeded', files }]);
        expect(steps.flatMap(({ findings }) => findings)).toMatchObject([finding]);
      }
      expect(verified().syncs).toMatchObject([{ counts: { total: 2, recorded: 2 } }]);
      for (const words of [['plan', '--format', 'sh'], ['script']]) {
        const script = join(subject.sandbox.root, 'backup.sh');
        writeFileSync(script, subject.expectCode(0, subject.sandbox.nbkp(...words)).stdout);
        const { stderr, status } = spawnSync('bash', [script], {
          encoding: 'utf8',
          env: subject.sandbox.environment(),
        });
        expect([status, stderr]).toEqual([
          0,
          expect.stringMatching(/after 2038\/01\/19\. .*times-not-held\]:\n {2}far\n$/),
        ]);
      }
    },
  );
});

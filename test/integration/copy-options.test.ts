import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CopyOptions } from '../../src/planner/model/identity.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Backup } from '../support/backup.ts';
import { makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';

const HOLE = 8 * 1024 * 1024;
const MANY = 5;

/** A home on btrfs with all that a copy may keep, and with what no other file system can hold. */
const ODD = `
umask 022
mkdir letters
echo march >letters/march && ln letters/march letters/again
setfacl -m u:12:rw,m::r letters/march
setfattr -n user.rating -v five letters/march
setfattr -n trusted.nbkp -v root letters/march
chmod 640 letters/again && chown 1234:2345 letters/again
btrfs property set letters compression zstd
echo april >letters/april
truncate -s ${HOLE} disk.img
for n in 1 2 3 4 ${MANY}; do echo $n >plain$n; setfattr -n user.number -v $n plain$n; done
`;

const ATTRIBUTES = 'cd "$1" && getfacl -n letters/march && getfattr -d -m "^user|^trusted.nbkp" letters/march plain1';

let home: BtrfsMount;

beforeAll(async () => {
  home = await makeFileSystem(200, ['mkfs.btrfs', '-q']);
});

afterAll(() => home.remove());

function attributesOf(folder: string): string {
  return execFileSync('sh', ['-c', ATTRIBUTES, 'sh', folder], { encoding: 'utf8' });
}

function recorded(subject: Backup): CopyOptions | undefined {
  const mark = readFileSync(join(subject.destination, '.nbkp-dst'), 'utf8');
  return (JSON.parse(mark) as { options?: CopyOptions }).options;
}

/** The mark as older versions made it. */
function forgetOptions(subject: Backup): void {
  const path = join(subject.destination, '.nbkp-dst');
  const { options: _, ...mark } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, `${JSON.stringify(mark)}\n`);
}

const codes = ({ findings }: Pick<Plan, 'findings'>): string[] => findings.map(({ code }) => code);

const DRIVES = {
  'ext4 with 128-byte inodes': { mb: 64, type: 'ext4', mkfs: ['mkfs.ext4', '-q', '-F', '-I', '128'] },
  xfs: { mb: 320, type: 'xfs', mkfs: ['mkfs.xfs', '-q', '-f'] },
  btrfs: { mb: 120, type: 'btrfs', mkfs: ['mkfs.btrfs', '-q'] },
  'ntfs-3g': { mb: 64, type: 'ntfs-3g', mkfs: ['mkfs.ntfs', '-F', '-Q', '-q'] },
} as const;

describeWithMounts('a new copy on', () => {
  it.each(Object.keys(DRIVES) as (keyof typeof DRIVES)[])(
    '%s keeps all that it can hold, and so do those after it',
    async (name) => {
      const { mb, mkfs, type } = DRIVES[name];
      const drive = await makeFileSystem(mb, [...mkfs], 'rw', type);
      try {
        const subject = new Backup(join(home.path, type), { mode: 'hard-link', drive: drive.path });
        execFileSync('sh', ['-euc', ODD], { cwd: subject.source });
        const onNtfs = type === 'ntfs-3g';
        expect(recorded(subject)?.keeps.includes('owners')).toBe(!onNtfs);
        expect(codes(subject.plan())).toEqual(onNtfs ? ['not-kept'] : []);
        subject.run(0);
        const copy = subject.copy();
        const march = statSync(join(copy, 'letters/march'));
        expect([march.nlink, march.ino]).toEqual([2, statSync(join(copy, 'letters/again')).ino]);
        expect(statSync(join(copy, 'disk.img')).blocks * 512).toBeLessThan(HOLE / 8);
        const expected = attributesOf(subject.source);
        expect(expected).toContain('user.rating="five"');
        if (!onNtfs) {
          expect([march.uid, march.gid]).toEqual([1234, 2345]);
          expect(attributesOf(copy)).toBe(expected);
        }
        // Times and attributes come from the drive then.
        await drive.unmount();
        await drive.mount();
        expect(subject.run(0).syncs).toMatchObject([{ files: 0 }]);
        const links = ['plain1', 'letters/march'].map((path) => statSync(join(subject.copy(), path)).nlink);
        expect(links).toEqual([2, 4]);
        if (!onNtfs) expect(attributesOf(subject.restore())).toBe(expected);
      } finally {
        await drive.remove();
      }
    },
  );
});

describeWithMounts('a whole drive without snapshots', () => {
  it('is new where nothing is on it but what mkfs.ext4 makes', async () => {
    const drive = await makeFileSystem(64, ['mkfs.ext4', '-q']);
    try {
      const subject = new Backup(join(home.path, 'whole'), { mode: 'none' });
      const spec = readFileSync(subject.sandbox.spec, 'utf8');
      subject.sandbox.writeSpec(spec.replace('"usb:documents"', '"usb"').replace(subject.drive, drive.path));
      subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
      expect(readFileSync(join(drive.path, '.nbkp-dst'), 'utf8')).toContain('"hard-links"');
      subject.write({ 'a folder/file': 'text' });
      expect(subject.run(0).syncs).toMatchObject([{ files: 1, deleted: 0 }]);
      renameSync(join(subject.source, 'a folder'), join(subject.source, 'another'));
      expect(subject.run(0).syncs).toMatchObject([{ files: 0, moved: { files: 1 } }]);
      expect(readdirSync(drive.path)).toContain('lost+found');
    } finally {
      await drive.remove();
    }
  });
});

describeWithMounts('a copy of an older version', () => {
  it('stays as it is, until a person has seen what more costs and asks for it', async () => {
    const drive = await makeFileSystem(100, ['mkfs.ext4', '-q']);
    try {
      const subject = new Backup(join(home.path, 'older'), { mode: 'hard-link', drive: drive.path });
      forgetOptions(subject);
      execFileSync('sh', ['-euc', ODD], { cwd: subject.source });
      subject.run(0);
      const plan = subject.plan();
      expect(plan.findings).toMatchObject([{ code: 'options-can-keep-more', severity: 'info' }]);
      subject.run(0);
      const linked = (): number => statSync(join(subject.copy(), 'plain1')).nlink;
      expect(linked()).toBe(2);

      const upgrade = (...args: string[]) =>
        subject.sandbox.nbkp('prepare', '--upgrade-options', 'documents', '--yes', ...args);
      const prepared = JSON.parse(subject.expectCode(0, upgrade('--json')).stdout) as Pick<Plan, 'findings'>;
      expect(prepared.findings).toMatchObject([
        { code: 'options-upgrade', message: expect.stringContaining('copies 6 files once, 16 B') as string },
      ]);
      expect(recorded(subject)?.keeps).toContain('acls');
      expect(codes(subject.plan())).toEqual([]);
      subject.run(0);
      // Of another snapshot's inode nothing was changed.
      expect(linked()).toBe(1);
      const [first = ''] = subject.snapshots();
      expect(attributesOf(subject.snapshot(first))).not.toContain('user.rating');
      expect(attributesOf(subject.copy())).toBe(attributesOf(subject.source));
      subject.run(0);
      expect(linked()).toBe(2);
      const again = subject.expectCode(0, upgrade()).stdout;
      expect(again).toContain('Nothing to do');
      expect(again).not.toContain('options-upgrade');
    } finally {
      await drive.remove();
    }
  });
});

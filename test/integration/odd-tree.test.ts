import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import type { VerifyDocument } from '../../src/planner/model/verification.ts';
import { Backup } from '../support/backup.ts';
import { makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
import { HAS_NO_PLACE, MAKE_ODD_TREE, namesIn } from '../support/odd-tree.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ALL_HELD = { mode: 'hard-link', lost: null, told: [], lacks: [] } as const;

/** What the table of docs/file-systems.md promises for a tree of every odd thing. */
const DRIVES = {
  'exfat-fuse': {
    ...{ mb: 64, mkfs: ['mkfs.exfat'], mode: 'none' as const },
    lost: 'owners, permissions, symbolic links, devices, sockets and pipes, hard links, ACLs, extended attributes, holes in files',
    ...{ told: ['entries-left-out', 'times-not-held'], lacks: HAS_NO_PLACE.FAT },
  },
  'ntfs-3g': {
    ...{ mb: 64, mkfs: ['mkfs.ntfs', '-F', '-Q', '-q'], mode: 'hard-link' as const },
    ...{ lost: 'owners, permissions, ACLs', told: ['entries-left-out'], lacks: HAS_NO_PLACE.NTFS },
  },
  ext4: { ...ALL_HELD, mb: 64, mkfs: ['mkfs.ext4', '-q', '-F'] },
  xfs: { ...ALL_HELD, mb: 320, mkfs: ['mkfs.xfs', '-q', '-f'] },
  btrfs: { ...ALL_HELD, mb: 120, mkfs: ['mkfs.btrfs', '-q'] },
} as const;

let dir: TempDir | null = null;
let drive: BtrfsMount | null = null;

afterEach(async () => {
  await drive?.remove();
  await dir?.remove();
  [drive, dir] = [null, null];
});

const codes = ({ steps }: RunRecord) => steps.flatMap(({ findings }) => findings.map(({ code }) => code));

describeWithMounts('a tree of every odd thing', () => {
  it.each(Object.keys(DRIVES) as (keyof typeof DRIVES)[])(
    'ends with just what the table promises, in every run: %s',
    async (type) => {
      const { mb, mkfs, mode, lost, told, lacks } = DRIVES[type];
      dir = await makeTempDir();
      drive = await makeFileSystem(mb, [...mkfs], 'rw', type);
      const subject = new Backup(dir.path, { mode, drive: drive.path });
      execFileSync('bash', ['-euc', MAKE_ODD_TREE], { cwd: subject.source });
      const without: readonly string[] = lacks;
      const held = namesIn(subject.source).filter((name) => !without.includes(name));
      const findings = subject.plan('--files').findings;
      expect(findings.map(({ code }) => code)).toEqual([...(lost === null ? [] : ['not-kept']), ...told]);
      if (lost !== null) expect(findings[0]?.message).toContain(`: ${lost}.`);

      const isWhole = !(told as readonly string[]).includes('entries-left-out');
      const first = subject.run(isWhole ? 0 : 1);
      expect(codes(first)).toEqual(told);
      expect(namesIn(subject.copy())).toEqual(held);
      await drive.unmount();
      await drive.mount();
      const second = subject.run(isWhole ? 0 : 1);
      expect(codes(second)).toEqual(told);
      expect(second.syncs).toMatchObject([{ outcome: isWhole ? 'succeeded' : 'incomplete', files: 0, deleted: 0 }]);
      expect(namesIn(subject.copy())).toEqual(held);

      const { stdout } = subject.expectCode(0, subject.sandbox.nbkp('verify', '--json'));
      const [{ counts } = {}] = (JSON.parse(stdout) as VerifyDocument).syncs;
      expect(counts).toMatchObject({ bad: 0, unknown: 0 });
      const restored = subject.restore();
      expect(namesIn(restored)).toEqual(held);
      const time = (folder: string): number => Math.floor(statSync(join(folder, 'sea')).mtimeMs / 2000);
      expect(time(restored)).toBe(time(subject.source));
    },
  );
});

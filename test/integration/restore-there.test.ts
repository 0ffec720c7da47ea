import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { Backup } from '../support/backup.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { Restoring, restoreTo } from '../support/restoring.ts';
import { stateOf, wholeTreeOf } from '../support/tree.ts';

let stage: Restoring;
let subject: Backup;
let to: string;

beforeAll(async () => {
  stage = await Restoring.start();
});

afterAll(() => stage.remove());

/** Most tests only read; those that change the backup make one of their own. */
beforeEach(() => {
  subject = stage.shared;
  to = stage.target();
});

function useOwn(): void {
  subject = stage.backedUp();
}

function restore(code: number, what: string, ...args: string[]): Plan {
  return restoreTo(to, subject, code, what, ...args);
}

function written(name: string, time: number): void {
  writeFileSync(join(to, name), 'mine');
  utimesSync(join(to, name), time, time);
}

const march = (folder = to): string => readFileSync(join(folder, 'letters/2026/march'), 'utf8');

describe('what is there already where files are restored to', () => {
  /** Files and a link that are older, as old, and newer than in the snapshot. */
  function older(): void {
    restore(0, 'documents');
    written('letters/2026/march', Date.now() / 1000 + 5);
    written('letters/notes', 1_000_000_000);
    written('shared', 981_173_106.9);
    written('mine', 1);
    rmSync(join(to, 'dangling'));
    symlinkSync('newer', join(to, 'dangling'));
    rmSync(join(to, 'absolute'));
    symlinkSync('older', join(to, 'absolute'));
    lutimesSync(join(to, 'absolute'), 1, 1_000_000_000);
    chmodSync(join(to, 'letters'), 0o700);
    utimesSync(join(to, 'letters'), 1, 1_111_111_111);
    rmSync(join(to, 'letters/2026/april'));
  }

  it.each<[overwrite: string, replaced: string[], kept: number]>([
    ['never', [], 5],
    ['if-older', ['absolute', 'letters/notes'], 3],
    ['always', ['absolute', 'dangling', 'letters/2026/march', 'letters/notes', 'shared'], 0],
  ])('with --overwrite %s gives way: %j', async (overwrite, replaced, kept) => {
    older();
    const plan = restore(0, 'documents', ...(overwrite === 'never' ? [] : ['--overwrite', overwrite]));
    const asWas = (name: string): boolean =>
      name === 'absolute' || name === 'dangling'
        ? readlinkSync(join(to, name)) === readlinkSync(join(subject.source, name))
        : readFileSync(join(to, name), 'utf8') !== 'mine';
    const names = ['absolute', 'dangling', 'letters/2026/march', 'letters/notes', 'shared'];
    expect(names.filter(asWas)).toEqual(replaced);
    expect(readFileSync(join(to, 'mine'), 'utf8')).toBe('mine');
    expect(readFileSync(join(to, 'letters/2026/april'), 'utf8')).toBe('april');
    const warnings = plan.findings.filter(({ code }) => code === 'restore-kept');
    expect(warnings).toHaveLength(kept === 0 ? 0 : 1);
    if (kept > 0)
      expect(warnings[0]).toMatchObject({ severity: 'warning', message: expect.stringContaining(`${kept} entries`) });
    const { mode, mtimeMs } = statSync(join(to, 'letters'));
    const was = statSync(join(subject.source, 'letters'));
    // A folder that is there is as it is, unless all that differs is to be replaced.
    expect([mode & 0o777, Math.floor(mtimeMs / 1000)]).toEqual(
      overwrite === 'always' ? [was.mode & 0o777, Math.floor(was.mtimeMs / 1000)] : [0o700, 1_111_111_111],
    );
    if (overwrite !== 'always') return;
    rmSync(join(to, 'mine'));
    expect(await wholeTreeOf(to)).toEqual(await wholeTreeOf(subject.source));
  });

  it.each<[string, () => void]>([
    ['a file where the snapshot has a folder', () => writeFileSync(join(to, 'letters'), 'mine')],
    ['a link where the snapshot has a file', () => symlinkSync('mine', join(to, 'shared'))],
    ['a link to nothing where the snapshot has a folder', () => symlinkSync('mine', join(to, 'letters'))],
    [
      'a link whose name has to be escaped where the snapshot has another kind',
      () => symlinkSync('mine', join(to, 'a\nb')),
    ],
  ])('is not lost cannotConfirm when it is %s', async (_, make) => {
    mkdirSync(to);
    make();
    const before = await stateOf(to);
    for (const overwrite of ['if-older', 'always']) {
      const refused = restore(3, 'documents', '--overwrite', overwrite);
      expect(refused.findings).toMatchObject([{ code: 'restore-replaces', guard: true }]);
    }
    expect(await stateOf(to)).toEqual(before);
    const mine = before.filter((line) => line.includes('mine'));
    for (const flags of [[], ['--allow-destructive']]) {
      expect(restore(0, 'documents', ...flags).findings).toMatchObject([{ code: 'restore-kept' }]);
    }
    expect(await stateOf(to)).toEqual(expect.arrayContaining(mine));
    restore(0, 'documents', '--overwrite', 'always', '--allow-destructive');
    expect(await wholeTreeOf(to)).toEqual(await wholeTreeOf(subject.source));
  });

  it('stays when it is a folder with something in it where the snapshot has a file', () => {
    mkdirSync(join(to, 'shared'), { recursive: true });
    writeFileSync(join(to, 'shared/mine'), 'mine');
    const overwriting = ['--overwrite', 'always'];
    for (const [code, flags] of [
      [0, []],
      [3, overwriting],
      // Not even then is a folder emptied.
      [1, [...overwriting, '--allow-destructive']],
    ] as const) {
      expect(subject.sandbox.nbkp('restore', 'documents', '--to', to, '--yes', ...flags)).toMatchObject({ code });
      expect(readFileSync(join(to, 'shared/mine'), 'utf8')).toBe('mine');
    }
  });
});

describe('folders on the way to what is restored', () => {
  const attributes = (path: string): unknown[] => {
    const { mode, uid, gid, mtimeMs } = statSync(path);
    return [mode & 0o7777, uid, gid, Math.round(mtimeMs)];
  };

  it('keep their modes, owners and times', () => {
    mkdirSync(join(to, 'letters/2026'), { recursive: true });
    for (const folder of ['letters/2026', 'letters', '']) {
      chownSync(join(to, folder), 1001, 1002);
      chmodSync(join(to, folder), 0o711);
      utimesSync(join(to, folder), 1, 1_111_111_111);
    }
    restore(0, 'documents', 'letters/2026/march');
    expect(march()).toBe('second version');
    for (const folder of ['letters/2026', 'letters', '']) {
      expect([folder, attributes(join(to, folder))]).toEqual([folder, [0o711, 1001, 1002, 1_111_111_111_000]]);
    }
  });

  it('are as in the snapshot where they are not there', () => {
    mkdirSync(to);
    restore(0, 'documents', 'read-only/kept', 'deep/er/file');
    const folders = ['read-only', 'deep', 'deep/er'];
    const of = (root: string) => folders.map((folder) => attributes(join(root, folder)).slice(0, 3));
    expect(of(to)).toEqual(of(subject.source));
    expect(readdirSync(join(to, 'deep/er'))).toEqual(['file']);
  });

  /** Outside of the folder to restore to, and of the volume of the source. */
  const elsewhere = (): string => join(subject.drive, 'elsewhere');

  it.each<[string, boolean, () => string]>([
    ['in the folder to restore to', true, () => join(to, 'moved')],
    ['in the volume of the source', true, () => join(subject.sandbox.root, 'laptop/moved')],
    ['that is anywhere else', false, elsewhere],
  ])('that are links to a folder %s are written through: %j', (_, through, place) => {
    useOwn();
    mkdirSync(to);
    const folder = place();
    mkdirSync(join(folder, '2026'), { recursive: true });
    writeFileSync(join(folder, 'mine'), 'mine');
    symlinkSync(folder, join(to, 'letters'));
    for (const what of [['letters/2026/march'], ['letters'], []]) {
      rmSync(join(folder, '2026/march'), { force: true });
      const plan = restore(0, 'documents', ...what);
      expect(existsSync(join(folder, '2026/march'))).toBe(through);
      const left = plan.findings.filter(({ code }) => code === 'restore-link-left');
      expect(left).toHaveLength(through ? 0 : 1);
      if (!through) expect(left[0]?.message).toContain('letters');
      expect(readlinkSync(join(to, 'letters'))).toBe(folder);
    }
    restore(0, 'documents', '--overwrite', 'always', '--allow-destructive');
    expect(readlinkSync(join(to, 'letters'))).toBe(folder);
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
  });

  it('that are links of somebody else are left, and so are those into a backup', () => {
    useOwn();
    const folder = join(to, 'moved');
    mkdirSync(folder, { recursive: true });
    symlinkSync(folder, join(to, 'letters'));
    lchownSync(join(to, 'letters'), 1001, 1001);
    symlinkSync(join(subject.destination, 'snapshots'), join(to, 'deep'));
    const plan = restore(0, 'documents');
    expect(plan.findings).toMatchObject([{ code: 'restore-link-left', message: expect.stringContaining('2 folders') }]);
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(join(subject.destination, 'snapshots'))).toEqual(subject.snapshots());
    expect(readFileSync(join(to, 'shared'), 'utf8')).toBe('shared');
  });
});

describeWithMounts('a target that is too small', () => {
  it('is told beforehand, and full it is no reason to prune backups', () => {
    subject = stage.prepared();
    subject.write({ big: 'x'.repeat(200_000) });
    subject.run(0);
    mkdirSync(to);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', to]);
    try {
      expect(restore(0, 'documents', '--dry-run').findings).toMatchObject([{ code: 'restore-does-not-fit' }]);
      const { code, stdout, stderr } = subject.sandbox.nbkp('restore', 'documents', '--to', to, '--yes');
      expect([code, stdout]).toEqual([1, expect.stringContaining('disk-full')]);
      expect(`${stdout}${stderr}`).not.toContain('prune');
    } finally {
      execFileSync('umount', [to]);
    }
  });
});

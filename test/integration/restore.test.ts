import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Backup } from '../support/backup.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { growTree, stateOf, treeOf, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
let places = 0;
let targets = 0;
let subject: Backup;
let shared: Backup;
let to: string;

beforeAll(async () => {
  dir = await makeTempDir();
  shared = backedUp();
});

afterAll(() => dir.remove());

/** Most tests only read; those that change the backup make one of their own. */
beforeEach(() => {
  subject = shared;
  to = join(subject.sandbox.root, `restored-${(targets += 1)}`);
});

/** Two snapshots: `first` and `second version` of a letter, and a tree of all kinds of entries. */
function backedUp(): Backup {
  places += 1;
  const made = new Backup(join(dir.path, String(places)), { mode: 'hard-link', sync: 'rsync.extra-options = ["-H"]' });
  growTree(made.source);
  made.write({ 'letters/2026/march': 'first', 'letters/notes': 'notes' });
  made.run(0);
  made.write({ 'letters/2026/march': 'second version' });
  made.run(0);
  return made;
}

function useOwn(): void {
  subject = backedUp();
  to = join(subject.sandbox.root, 'restored');
}

function restore(code: number, what: string, ...args: string[]): Plan {
  const answer = subject.expectCode(
    code,
    subject.sandbox.nbkp('restore', what, ...args, '--to', to, '--yes', '--json'),
  );
  return JSON.parse(answer.stdout) as Plan;
}

function written(name: string, time: number): void {
  writeFileSync(join(to, name), 'mine');
  utimesSync(join(to, name), time, time);
}

const march = (folder = to): string => readFileSync(join(folder, 'letters/2026/march'), 'utf8');

describe('restore', () => {
  it('shows a plan first, and does nothing where nobody can be asked', async () => {
    const before = await stateOf(subject.sandbox.root);
    const answer = subject.expectCode(3, subject.sandbox.nbkp('restore', 'documents', '--to', to));
    expect(answer.stdout).toContain(subject.latest());
    expect(answer.stdout).toContain('letters/2026/march');
    expect(await stateOf(subject.sandbox.root)).toEqual(before);
  });

  it('brings back the latest snapshot with owners, modes, times, links and links among files', async () => {
    restore(0, 'documents');
    expect(await wholeTreeOf(to)).toEqual(await wholeTreeOf(subject.source));
  });

  it('brings back any snapshot by its name or a unique beginning of it', () => {
    const [first = '', second = ''] = subject.snapshots();
    restore(0, `documents@${first}`);
    expect(march()).toBe('first');
    rmSync(to, { recursive: true });
    let common = 0;
    while (first[common] === second[common]) common += 1;
    restore(0, `documents@${second.slice(0, common + 1)}`);
    expect(march()).toBe('second version');
    rmSync(to, { recursive: true });
    restore(0, 'documents@-2');
    expect(march()).toBe('first');
    rmSync(to, { recursive: true });
    restore(0, `documents@${second.slice(0, 10)}`);
    expect(march()).toBe('second version');
    rmSync(to, { recursive: true });
    const findings = restore(1, `documents@${first.slice(0, common)}`).findings;
    expect(findings).toMatchObject([{ code: 'snapshot-ambiguous', message: expect.stringContaining(second) }]);
    expect(restore(1, 'documents@1999').findings).toMatchObject([{ code: 'snapshot-unknown' }]);
    expect(existsSync(to)).toBe(false);
  });

  it('brings back single files and folders, with the folders above them, and says when there is none', async () => {
    restore(0, 'documents', 'letters/2026', './-rf', join(subject.source, 'deep/er/file'), 'a\nb');
    const restored = await treeOf(to);
    const wanted = (await treeOf(subject.source)).filter((line) =>
      /^(letters\t|letters\/2026|-rf\t|deep\t|deep\/er\t|deep\/er\/file\t|a\nb\t)|^[0-9a-f]{64} {2}(letters\/2026\/march|-rf|deep\/er\/file|a\nb)$|^$/.test(
        line,
      ),
    );
    expect(wanted).toHaveLength(13);
    expect(restored).toEqual(wanted);
    const { code, stderr } = subject.sandbox.nbkp('restore', 'documents', 'no/such', '--to', to, '--yes');
    expect([code, stderr]).toEqual([1, expect.stringContaining('no/such')]);
  });

  it.each(['../outside', '/etc/passwd', 'letters/../../x', ''])(
    'refuses a path that leads out of the snapshot: %j',
    (path) => {
      expect(restore(1, 'documents', path).findings).toMatchObject([{ code: 'restore-path-invalid' }]);
      expect(existsSync(to)).toBe(false);
    },
  );

  it('goes on where it was interrupted, and a second time there is nothing to do', async () => {
    restore(0, 'documents');
    const before = await stateOf(to);
    rmSync(join(to, 'letters'), { recursive: true });
    restore(0, 'documents');
    expect(await wholeTreeOf(to)).toEqual(await wholeTreeOf(subject.source));
    const again = await stateOf(to);
    restore(0, 'documents');
    expect(await stateOf(to)).toEqual(again);
    expect(again).toHaveLength(before.length);
  });
});

describe('what is there already where files are restored to', () => {
  it('stays when it is newer or not in the snapshot, and is replaced when it is older', async () => {
    restore(0, 'documents');
    writeFileSync(join(to, 'letters/2026/march'), 'written after the backup');
    utimesSync(join(to, 'letters/2026/march'), 1, Date.now() / 1000 + 5);
    writeFileSync(join(to, 'mine'), 'not in the snapshot');
    writeFileSync(join(to, 'letters/notes'), 'old');
    utimesSync(join(to, 'letters/notes'), 1, 1_000_000_000);
    restore(0, 'documents');
    expect(march()).toBe('written after the backup');
    expect(readFileSync(join(to, 'mine'), 'utf8')).toBe('not in the snapshot');
    expect(readFileSync(join(to, 'letters/notes'), 'utf8')).toBe('notes');
    restore(0, 'documents', '--allow-destructive');
    expect(march()).toBe('second version');
    rmSync(join(to, 'mine'));
    expect(await wholeTreeOf(to)).toEqual(await wholeTreeOf(subject.source));
  });

  it.each<[string, () => void]>([
    ['a file where the snapshot has a folder', () => writeFileSync(join(to, 'letters'), 'mine')],
    ['a link where the snapshot has a folder', () => symlinkSync(to, join(to, 'letters'))],
    ['a link where the snapshot has a file', () => symlinkSync('mine', join(to, 'shared'))],
    ['a file that was written later within the same second', () => written('shared', 981_173_106.9)],
    ['a newer link to another place', () => symlinkSync('mine', join(to, 'absolute'))],
    [
      'a file whose name has to be escaped where the snapshot has another kind',
      () => symlinkSync('mine', join(to, 'a\nb')),
    ],
  ])('is not lost unasked when it is %s', async (_, make) => {
    mkdirSync(to);
    make();
    const before = await stateOf(to);
    expect(restore(3, 'documents').findings).toMatchObject([{ code: 'restore-replaces', guard: true }]);
    expect(await stateOf(to)).toEqual(before);
    restore(0, 'documents', '--allow-destructive');
    expect(await wholeTreeOf(to)).toEqual(await wholeTreeOf(subject.source));
  });

  it('stays when it is a folder with something in it where the snapshot has a file', () => {
    mkdirSync(join(to, 'shared'), { recursive: true });
    writeFileSync(join(to, 'shared/mine'), 'mine');
    expect(subject.sandbox.nbkp('restore', 'documents', '--to', to, '--yes').code).not.toBe(0);
    expect(readFileSync(join(to, 'shared/mine'), 'utf8')).toBe('mine');
  });
});

describe('the place to restore to', () => {
  it('is not the source unasked, nor a folder that is there inside it, whatever it is called', async () => {
    useOwn();
    const alias = join(subject.sandbox.root, 'alias');
    symlinkSync(subject.source, alias);
    const before = await stateOf(subject.source);
    for (const place of [subject.source, join(subject.source, 'letters'), alias, join(alias, 'letters')]) {
      to = place;
      expect(restore(3, 'documents').findings).toMatchObject([{ code: 'restore-onto-source', guard: true }]);
    }
    expect(await stateOf(subject.source)).toEqual(before);
    const was = await wholeTreeOf(subject.source);
    to = subject.source;
    rmSync(join(to, 'letters'), { recursive: true });
    restore(0, 'documents', '--allow-destructive');
    expect(await wholeTreeOf(subject.source)).toEqual(was);
    expect(existsSync(join(subject.source, '.nbkp-src'))).toBe(true);
  });

  it('may be a new folder inside the source, where it touches nothing else', async () => {
    useOwn();
    const before = await wholeTreeOf(subject.source);
    to = join(subject.source, 'new/folder');
    restore(0, 'documents');
    expect(await wholeTreeOf(to)).toEqual(before);
    rmSync(join(subject.source, 'new'), { recursive: true });
    expect(await wholeTreeOf(subject.source)).toEqual(before);
  });

  it('is never a destination, of this sync or of another, enabled or not', async () => {
    useOwn();
    const music = '[syncs.music]\nsource = "laptop:Music"\ndestination = "usb:music"';
    subject.sandbox.files({ 'laptop/Music/song': 'la' });
    subject.respec({ mode: 'hard-link', more: music });
    subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
    subject.respec({ mode: 'hard-link', more: `${music}\nenabled = false` });
    const before = await treeOf(subject.drive);
    const places = [
      'documents',
      'documents/snapshots',
      'documents/latest/letters',
      'documents/new',
      'music',
      'music/x',
    ];
    for (const place of places) {
      to = join(subject.drive, place);
      for (const flags of [[], ['--allow-destructive']]) {
        expect([place, restore(1, 'documents', ...flags).findings]).toMatchObject([
          place,
          [{ code: 'restore-into-destination' }],
        ]);
      }
    }
    expect(await treeOf(subject.drive)).toEqual(before);
  });

  it('is made when it does not exist, also below what does not exist', async () => {
    to = join(subject.sandbox.root, 'not/there/yet');
    restore(0, 'documents');
    expect(await wholeTreeOf(to)).toEqual(await wholeTreeOf(subject.source));
  });
});

describe('a restore that is not possible', () => {
  it('is no success when the drive is absent', () => {
    useOwn();
    renameSync(subject.drive, `${subject.drive}-unplugged`);
    const { code, stdout } = subject.sandbox.nbkp('restore', 'documents', '--to', to, '--yes');
    expect([code, stdout]).toEqual([4, expect.stringContaining('usb is not here')]);
    expect(existsSync(to)).toBe(false);
  });

  it('is no success when there is no snapshot yet', () => {
    places += 1;
    subject = new Backup(join(dir.path, String(places)), { mode: 'hard-link' });
    to = join(subject.sandbox.root, 'restored');
    expect(subject.sandbox.nbkp('restore', 'documents', '--to', to, '--yes').code).not.toBe(0);
    expect(existsSync(to)).toBe(false);
  });

  it('is a usage error for a sync that does not exist', () => {
    expect(subject.sandbox.nbkp('restore', 'docments', '--to', to, '--yes').code).toBe(64);
    expect(subject.sandbox.nbkp('restore', 'usb:', '--to', to, '--yes').code).toBe(64);
  });
});

describe('a snapshot', () => {
  it('that is later than latest can be restored by its name, though nothing else uses it', () => {
    useOwn();
    const [first = ''] = subject.snapshots();
    rmSync(join(subject.destination, 'latest'));
    symlinkSync(`snapshots/${first}`, join(subject.destination, 'latest'));
    restore(0, 'documents');
    expect(march()).toBe('first');
    rmSync(to, { recursive: true });
    const [, second = ''] = subject.snapshots();
    restore(0, `documents@${second}`);
    expect(march()).toBe('second version');
    expect(readlinkSync(join(subject.destination, 'latest'))).toBe(`snapshots/${first}`);
  });

  it('is not changed by being restored from, and neither is what it is linked to', async () => {
    const before = await stateOf(join(subject.destination, 'snapshots'));
    restore(0, 'documents');
    chmodSync(join(to, 'shared'), 0o600);
    writeFileSync(join(to, 'linked'), 'changed after the restore');
    expect(statSync(join(to, 'shared')).nlink).toBe(1);
    expect(await stateOf(join(subject.destination, 'snapshots'))).toEqual(before);
  });
});

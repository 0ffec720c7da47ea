import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ListDocument } from '../../src/planner/model/browsing.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { Backup } from '../support/backup.ts';
import { Restoring, restoreTo } from '../support/restoring.ts';
import { stateOf, treeOf, wholeTreeOf } from '../support/tree.ts';

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

const march = (folder = to): string => readFileSync(join(folder, 'letters/2026/march'), 'utf8');

describe('restore', () => {
  it('shows a plan first, and does nothing where nobody can be asked', async () => {
    const before = await stateOf(subject.sandbox.root);
    const answer = subject.expectCode(3, subject.sandbox.nbkp('restore', 'documents', '--to', to));
    expect(answer.stdout).toContain(subject.latest());
    expect(answer.stdout).toContain('letters/2026/march');
    expect(await stateOf(subject.sandbox.root)).toEqual(before);
    expect(existsSync(to)).toBe(false);
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

  it('brings back single files and folders, with the folders above them', async () => {
    restore(0, 'documents', 'letters/2026', './-rf', join(subject.source, 'deep/er/file'), 'a\nb');
    const restored = await treeOf(to);
    const wanted = (await treeOf(subject.source)).filter((line) =>
      /^(letters\t|letters\/2026|-rf\t|deep\t|deep\/er\t|deep\/er\/file\t|a\nb\t)|^[0-9a-f]{64} {2}(letters\/2026\/(?:march|april)|-rf|deep\/er\/file|a\nb)$|^$/.test(
        line,
      ),
    );
    expect(wanted).toHaveLength(15);
    expect(restored).toEqual(wanted);
  });

  it.each<[asked: string, folder: string, near: RegExp]>([
    ['Leters/2026', 'documents@', /`letters`/],
    ['letters/2026/mach', 'letters/2026 of documents@', /`march`/],
    ['letters/2026/x*', 'letters/2026 of documents@', /nbkp ls/],
    ['to a folder/er', 'to a folder is a link there', /nbkp ls/],
  ])('says before it copies anything that the snapshot has no %s', (asked, message, near) => {
    expect(restore(1, 'documents', 'letters/notes', asked).findings).toMatchObject([
      { code: 'path-not-in-snapshot', message: expect.stringContaining(message), help: expect.stringMatching(near) },
    ]);
    expect(existsSync(to)).toBe(false);
  });

  it('brings back each name that ls prints, of whatever bytes', async () => {
    const { stdout } = subject.expectCode(0, subject.sandbox.nbkp('ls', 'documents', '--json'));
    const names = (JSON.parse(stdout) as ListDocument).entries.map(({ name }) => `./${name}`);
    expect(names).toEqual(expect.arrayContaining(['./a\\#012b', './f\\#374r\\#377\\#012', './*']));
    restore(0, 'documents', ...names);
    expect(await treeOf(to)).toEqual(await treeOf(subject.source));
  });

  it('brings back what fits a pattern, and a name before a pattern', () => {
    restore(0, 'documents', 'l*rs/20?6/[k-n]arch', 'letters/[!2]*', './*', 'dee[p]/*/f*');
    expect(readdirSync(to).toSorted()).toEqual(['*', 'deep', 'letters']);
    expect(readdirSync(join(to, 'letters')).toSorted()).toEqual(['2026', 'notes']);
    expect(readdirSync(join(to, 'letters/2026'))).toEqual(['march']);
    expect(readdirSync(join(to, 'deep/er'))).toEqual(['file']);
  });

  it('only shows what it would do with --dry-run; its list can be whole, folded or left out', () => {
    const shown = (...flags: string[]): string =>
      subject.expectCode(0, subject.sandbox.nbkp('restore', 'documents', '--to', to, '-n', ...flags)).stdout;
    const [folded, whole, none] = [shown(), shown('--all'), shown('--no-files')];
    expect([folded, whole, none].map((text) => text.includes('letters/2026/march'))).toEqual([true, true, false]);
    expect([folded, whole].map((text) => / more: /.test(text))).toEqual([true, false]);
    expect(restore(0, 'documents', '--dry-run').steps).toHaveLength(1);
    expect(existsSync(to)).toBe(false);
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
    restore(0, 'documents', '--overwrite', 'always');
    const again = await stateOf(to);
    for (const overwrite of ['never', 'if-older', 'always']) restore(0, 'documents', '--overwrite', overwrite);
    expect(await stateOf(to)).toEqual(again);
    expect(again).toHaveLength(before.length);
  });
});

describe('the place to restore to', () => {
  it('may be the source: what is missing there comes back, and nothing else changes', async () => {
    useOwn();
    const alias = join(subject.sandbox.root, 'alias');
    symlinkSync(subject.source, alias);
    const was = await wholeTreeOf(subject.source);
    for (const place of [subject.source, alias]) {
      to = place;
      rmSync(join(subject.source, 'letters/2026/march'));
      writeFileSync(join(subject.source, 'shared'), 'newer');
      const plan = restore(0, 'documents');
      expect(plan.findings.map(({ code }) => code).toSorted()).toEqual(['restore-kept', 'restore-onto-source']);
      expect(readFileSync(join(subject.source, 'shared'), 'utf8')).toBe('newer');
      expect(march()).toBe('second version');
    }
    restore(0, 'documents', '--overwrite', 'always');
    expect(await wholeTreeOf(subject.source)).toEqual(was);
    expect(existsSync(join(subject.source, '.nbkp-src'))).toBe(true);
  });

  it('may be above the source, and is seen as the source where it lands there', () => {
    useOwn();
    // The snapshot has a folder of the name that the source itself has.
    const name = basename(subject.source);
    subject.write({ [`${name}/live`]: 'as it was' });
    subject.run(0);
    writeFileSync(join(subject.source, 'live'), 'live');
    to = dirname(subject.source);
    const plan = restore(0, 'documents', name, '--overwrite', 'if-older');
    expect(plan.findings).toMatchObject([{ code: 'restore-kept' }]);
    rmSync(join(subject.source, 'live'));
    expect(restore(0, 'documents', name).findings).toMatchObject([{ code: 'restore-onto-source' }]);
    expect(readFileSync(join(subject.source, 'live'), 'utf8')).toBe('as it was');
    expect(restore(0, 'documents', 'letters').findings).toEqual([]);
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

  it('is not above a destination, where it would land in that', async () => {
    useOwn();
    subject.write({ 'documents/snapshots/x': 'as if it were a snapshot' });
    subject.run(0);
    const before = await treeOf(subject.drive);
    to = subject.drive;
    for (const what of [[], ['documents/snapshots'], ['documents']]) {
      expect(restore(1, 'documents', ...what).findings).toMatchObject([{ code: 'restore-into-destination' }]);
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
    subject = stage.prepared();
    expect(subject.sandbox.nbkp('restore', 'documents', '--to', to, '--yes').code).not.toBe(0);
    expect(existsSync(to)).toBe(false);
  });

  it('is a usage error for a sync that does not exist', () => {
    expect(subject.sandbox.nbkp('restore', 'docments', '--to', to, '--yes').code).toBe(64);
    expect(subject.sandbox.nbkp('restore', 'usb:', '--to', to, '--yes').code).toBe(64);
  });
});

describe('a snapshot', () => {
  it('is a usage error where it names a volume: that would be a folder here that nobody looks for', () => {
    const { code, stderr } = subject.sandbox.nbkp('restore', 'documents', '--to', 'usb:back', '--yes');
    expect(code).toBe(64);
    expect(stderr).toContain('--to ./usb:back');
  });

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

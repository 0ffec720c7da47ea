import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { backedUp, expectAllowed, expectRefused, kept } from '../support/guarded.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { runScript } from '../support/scripted.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import type { Mode } from '../support/transfer.ts';
import { treeOf, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

function guards(mode: Mode, drive: () => string | undefined): void {
  const subjectWith = (sync = ''): Backup => {
    const place = drive();
    return backedUp(dir.path, { mode, sync, ...(place === undefined ? {} : { drive: place }) });
  };

  it('refuses a source that is much smaller or empty all of a sudden, and --allow-destructive lets it pass', async () => {
    const subject = subjectWith();
    for (let index = 0; index < 30; index += 1) rmSync(join(subject.source, `f${index}`));
    await expectRefused(subject, 'max-delete-exceeded');
    // What an earlier refused run did to the destination must not make the next one blind.
    await expectRefused(subject, 'max-delete-exceeded');
    subject.emptySource();
    await expectRefused(subject, 'source-empty');
    await expectAllowed(subject);
  });

  it('says so in the plan already, when a dry run was made', async () => {
    const subject = subjectWith('policy.max-delete.files = 20');
    for (let index = 0; index < 22; index += 1) rmSync(join(subject.source, `f${index}`));
    const before = await kept(subject);
    const answer = subject.expectCode(3, subject.sandbox.nbkp('plan', '--files', '--json'));
    expect(JSON.parse(answer.stdout)).toMatchObject({
      syncs: [{ state: 'blocked', code: 'max-delete-exceeded' }],
      steps: [],
    });
    subject.expectCode(3, subject.sandbox.nbkp('apply', '--files', '--yes'));
    expect(await kept(subject)).toEqual(before);
    subject.expectCode(0, subject.sandbox.nbkp('plan', '--files', '--allow-destructive'));
    await expectAllowed(subject);
  });

  it('counts what is of another kind now, alike in the plan, the run and the script', async () => {
    const subject = subjectWith();
    for (let index = 0; index < 100; index += 1) {
      rmSync(join(subject.source, `f${index}`));
      symlinkSync('folder/file', join(subject.source, `f${index}`));
    }
    const latest = await wholeTreeOf(subject.copy());
    const planned = subject.expectCode(3, subject.sandbox.nbkp('plan', '--files', '--json'));
    const script = subject.expectCode(0, subject.sandbox.nbkp('plan', '--format', 'sh')).stdout;
    const scripted = runScript(subject.sandbox, script);
    expect(scripted.code).toBe(3);
    expect(await wholeTreeOf(subject.copy())).toEqual(latest);
    await expectRefused(subject, 'max-delete-exceeded');
    const record = subject.run(3);
    const [finding] = record.steps.flatMap((step) => step.findings);
    for (const text of [planned.stdout, finding?.message]) expect(text).toContain('would lose 100 of 102 entries');
    expect(scripted.stderr).toContain('100 of 102 entries would be lost');
    await expectAllowed(subject);
  });

  it('counts what has another name, where nothing tells which', () => {
    const subject = subjectWith();
    for (let index = 0; index < 100; index += 1)
      utimesSync(join(subject.source, `f${index}`), 1_700_000_000, 1_700_000_000);
    subject.run(0);
    for (let index = 0; index < 100; index += 1) {
      renameSync(join(subject.source, `f${index}`), join(subject.source, `f${index}.locked`));
    }
    const planned = subject.expectCode(3, subject.sandbox.nbkp('plan', '--files', '--json'));
    const [finding] = subject.run(3).steps.flatMap((step) => step.findings);
    for (const text of [planned.stdout, finding?.message]) {
      expect(text).toContain('would lose 100 of 102 entries (100 look renamed)');
    }
    for (let index = 0; index < 100; index += 1) expect(existsSync(join(subject.copy(), `f${index}`))).toBe(true);
  });
}

/** Nobody has verified there that the same content is under the new name. */
function guardsOfScripts(mode: Mode, drive: () => string | undefined): void {
  it('counts in both kinds of scripts what only has another place, which a run lets pass', async () => {
    const place = drive();
    const subject = backedUp(dir.path, { mode, ...(place === undefined ? {} : { drive: place }) });
    const file = join(subject.sandbox.root, 'backup.sh');
    subject.expectCode(0, subject.sandbox.nbkp('script', '--out', file));
    mkdirSync(join(subject.source, 'moved'));
    for (let index = 0; index < 100; index += 1)
      renameSync(join(subject.source, `f${index}`), join(subject.source, `moved/f${index}`));
    const ofPlan = subject.expectCode(0, subject.sandbox.nbkp('plan', '--format', 'sh')).stdout;
    const before = await kept(subject);
    for (const script of [readFileSync(file, 'utf8'), ofPlan]) {
      const refused = runScript(subject.sandbox, script);
      expect(refused).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('100 of 102 entries would be lost') as string,
      });
      const shown = runScript(subject.sandbox, script, '-n');
      expect(shown).toMatchObject({ code: 3, stderr: expect.stringMatching(/100 of 102 [^]* refused/) as string });
      expect(shown.stdout).not.toContain('would prune');
      expect(await kept(subject)).toEqual(before);
    }
    subject.run(0);
    expect(await wholeTreeOf(subject.copy())).toEqual(await wholeTreeOf(subject.source));
  });
}

/** Not by hand either: an older snapshot may be all that holds what the source lacks. */
async function expectNothingPruned(subject: Backup): Promise<void> {
  const before = await kept(subject);
  const answer = subject.expectCode(3, subject.sandbox.nbkp('snapshots', 'prune', '--yes'));
  expect(answer.stdout + answer.stderr).toContain('prune-while-refused');
  expect(await kept(subject)).toEqual(before);
}

/** Where the last snapshot tells what was there. */
function guardsOfNames(mode: Mode, drive: () => string | undefined): void {
  const subjectAt = (place = drive()): Backup =>
    backedUp(dir.path, { mode, ...(place === undefined ? {} : { drive: place }) });

  it('counts what is gone by its name, whatever else has come in its place', async () => {
    const subject = subjectAt();
    for (let index = 0; index < 100; index += 1) {
      rmSync(join(subject.source, `f${index}`));
      writeFileSync(join(subject.source, `f${index}.locked`), 'something else');
    }
    await expectRefused(subject, 'max-delete-exceeded');
    await expectNothingPruned(subject);
    // The first refusal has left the new files where the second run goes on.
    await expectRefused(subject, 'max-delete-exceeded');
    await expectAllowed(subject);
  });

  it('that refuses in the plan already keeps snapshots from being pruned by hand, until a run puts it right', async () => {
    const subject = subjectAt();
    subject.emptySource();
    await expectRefused(subject, 'source-empty');
    await expectNothingPruned(subject);
    subject.many(100);
    subject.write({ 'folder/file': 'kept' });
    expect(subject.run(0).syncs[0]?.pruned).not.toEqual([]);
    subject.expectCode(0, subject.sandbox.nbkp('snapshots', 'prune', '--yes'));
  });
}

describe('without snapshots the guard', () => {
  guards('none', () => undefined);
  guardsOfScripts('none', () => undefined);
});

describe('with hard-link snapshots the guard', () => {
  guards('hard-link', () => undefined);
  guardsOfNames('hard-link', () => undefined);
  guardsOfScripts('hard-link', () => undefined);

  it('lets pass what only has another place, and the plan and the run say so', async () => {
    const subject = backedUp(dir.path, { mode: 'hard-link' });
    mkdirSync(join(subject.source, 'moved'));
    for (let index = 0; index < 100; index += 1) {
      renameSync(join(subject.source, `f${index}`), join(subject.source, `moved/f${index}`));
    }
    const said = (...words: string[]): string => {
      const { stdout, stderr } = subject.expectCode(0, subject.sandbox.nbkp(...words));
      return `${stdout}${stderr}`.replaceAll(/\s+/g, ' ');
    };
    expect(said('plan', '--files')).toMatch(/ 100 files, \d+ B moved, nothing to copy;/);
    expect(said('run')).toMatch(/ 100 files, \d+ B moved; no file had to be copied;/);
    expect(await wholeTreeOf(subject.copy())).toEqual(await wholeTreeOf(subject.source));
  });
});

describeWithMounts('with btrfs snapshots the guard', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());
  guards('btrfs', () => btrfs.path);
  guardsOfNames('btrfs', () => btrfs.path);
  guardsOfScripts('btrfs', () => btrfs.path);
});

describe('a guard', () => {
  it('leaves the only copy as it is, however often it is asked, and stops no other sync', async () => {
    const more = '[syncs.music]\nsource = "laptop:Music"\ndestination = "usb:music"';
    const subject = new Backup(join(dir.path, 'others'), { mode: 'none' });
    subject.sandbox.files({ 'laptop/Music/song': 'la' });
    subject.respec({ mode: 'none', more });
    subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
    subject.many(100);
    subject.run(0);
    for (let index = 0; index < 30; index += 1) {
      rmSync(join(subject.source, `f${index}`));
      // With these among them those would be less than a quarter.
      writeFileSync(join(subject.source, `new${index}`), 'new');
    }
    subject.write({ f50: 'changed' });
    subject.sandbox.files({ 'laptop/Music/song': 'la la' });
    const before = await wholeTreeOf(subject.copy());
    for (let times = 0; times < 2; times += 1)
      expect(subject.run(3).syncs.map(({ outcome }) => outcome)).toEqual(['refused', 'succeeded']);
    const script = subject.expectCode(0, subject.sandbox.nbkp('plan', '--format', 'sh')).stdout;
    for (let times = 0; times < 2; times += 1) {
      expect(runScript(subject.sandbox, script)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('30 of 100 entries would be lost') as string,
      });
    }
    expect(await wholeTreeOf(subject.copy())).toEqual(before);
    expect(await treeOf(join(subject.drive, 'music'))).toEqual(
      await treeOf(join(subject.sandbox.root, 'laptop/Music')),
    );
    await expectAllowed(subject);
  });

  it('of free space blocks the sync before anything is written, and lets it run when there is room', async () => {
    const subject = backedUp(dir.path, { mode: 'hard-link', sync: 'policy.min-free = "900TiB"' });
    const before = await kept(subject);
    expect(subject.run(3).findings).toMatchObject([{ code: 'min-free' }]);
    expect(await kept(subject)).toEqual(before);
    subject.respec({ mode: 'hard-link', sync: 'policy.min-free = "1KiB"' });
    await expectAllowed(subject);
  });

  it('of pruning refuses more snapshots than max-prune, and makes none either', async () => {
    const subject = backedUp(dir.path, { mode: 'hard-link', sync: 'policy.max-prune = 1' });
    subject.run(0, '--no-prune');
    const before = await kept(subject);
    expect(subject.run(3).findings).toMatchObject([{ code: 'max-prune-exceeded' }]);
    subject.expectCode(3, subject.sandbox.nbkp('snapshots', 'prune', '--yes'));
    expect(await kept(subject)).toEqual(before);
    await expectAllowed(subject);
    expect(subject.snapshots()).toHaveLength(1);
  });

  it('of history blocks mode "none" where snapshots are, with or without --allow-destructive', async () => {
    const subject = backedUp(dir.path, { mode: 'hard-link' });
    const before = await kept(subject);
    subject.respec({ mode: 'none' });
    for (const flags of [[], ['--allow-destructive']]) {
      expect(subject.run(1, ...flags).findings).toMatchObject([{ code: 'history-would-be-deleted' }]);
      expect(await kept(subject)).toEqual(before);
    }
    subject.respec({ mode: 'hard-link' });
    await expectAllowed(subject);
  });
});

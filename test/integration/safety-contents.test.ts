import { renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { backedUp, expectAllowed, expectRefused } from '../support/guarded.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { runScript } from '../support/scripted.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import type { Mode } from '../support/transfer.ts';
import { wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

/** What the message says of what is lost. */
function guardsInDetail(mode: Mode, drive: () => string | undefined): void {
  it('tells what a new filter drops from what has moved', () => {
    const place = drive();
    const options = { mode, ...(place === undefined ? {} : { drive: place }) };
    const subject = backedUp(dir.path, options);
    subject.write({ '.elsewhere/f1': 'touched since', 'new\n[x]': 'new' });
    rmSync(join(subject.source, 'f1'));
    for (const [from, to] of [
      ['f2', 'x2'],
      ['f3', '#;x*'],
    ] as const)
      renameSync(join(subject.source, from), join(subject.source, to));
    for (const name of ['f4', 'f5']) rmSync(join(subject.source, name));
    subject.respec({ ...options, drive: subject.drive, sync: 'filters = ["- /f[0-9]*"]' });
    const planned = subject.expectCode(3, subject.sandbox.nbkp('plan', '--files', '--json'));
    const [finding] = subject.run(3).steps.flatMap((step) => step.findings);
    for (const text of [planned.stdout, finding?.message]) {
      expect(text).toContain(
        'would lose 100 of 102 entries (3 look renamed, 95 are in the source, and a filter leaves them out)',
      );
    }
  });
}

it('takes nothing for left out by a filter that is behind a link only', () => {
  const subject = backedUp(dir.path, { mode: 'none' });
  const outside = join(subject.sandbox.root, 'outside');
  renameSync(join(subject.source, 'folder'), outside);
  subject.write(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`album/sub/p${index}`, 'photo'])));
  subject.run(0);
  renameSync(join(subject.source, 'album'), join(outside, 'album'));
  symlinkSync(join(outside, 'album'), join(subject.source, 'album'));
  const [finding] = subject.run(3).steps.flatMap((step) => step.findings);
  expect(finding?.message).toMatch(/would lose \d+ of \d+ entries; policy/);
});

/** Files that keep their names. */
function guardsOfContents(mode: Mode, drive: () => string | undefined): void {
  const subjectWith = (sync: string): Backup => {
    const place = drive();
    return backedUp(dir.path, { mode, sync, ...(place === undefined ? {} : { drive: place }) });
  };

  it.each([
    ['of another size', 'locked', '60 of 101 files under their names (60 have other content)'],
    ['of the same size', 'y', '60 that were read have other content'],
    [
      'only of another time',
      'x',
      '60 of 101 files under their names (60 have another time and the same size: all have the same content)',
    ],
  ])('refuses many files that are %s, alike in the plan, the run and the script', async (_, text, said) => {
    const subject = subjectWith('policy.max-change = 50');
    const latest = await wholeTreeOf(subject.copy());
    for (let index = 0; index < 60; index += 1) {
      subject.write({ [`f${index}`]: `${text}${index}` });
      utimesSync(join(subject.source, `f${index}`), 1e9, 1e9);
    }
    const planned = subject.expectCode(3, subject.sandbox.nbkp('plan', '--files', '--json'));
    const script = subject.expectCode(0, subject.sandbox.nbkp('plan', '--format', 'sh')).stdout;
    const scripted = runScript(subject.sandbox, script);
    expect(scripted.code).toBe(3);
    expect(scripted.stderr).toContain('60 of 101 files would be replaced under their names');
    expect(await wholeTreeOf(subject.copy())).toEqual(latest);
    await expectRefused(subject, 'max-change-exceeded');
    const [finding] = subject.run(3).steps.flatMap((step) => step.findings);
    for (const message of [planned.stdout, finding?.message]) expect(message).toContain(said);
    await expectAllowed(subject);
  });

  it('lets fewer pass, and counts no new ones', async () => {
    const subject = subjectWith('policy.max-change = 50');
    subject.write(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, 'changed'])));
    subject.write(Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`new${index}`, 'new'])));
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded' }]);
    const { source, restored } = await subject.roundTrip();
    expect(restored).toEqual(source);
  });
}

function inMode(mode: Mode, drive: () => string | undefined): void {
  guardsInDetail(mode, drive);
  guardsOfContents(mode, drive);
}

describe('without snapshots the guard', () => inMode('none', () => undefined));

describe('with hard-link snapshots the guard', () => inMode('hard-link', () => undefined));

describeWithMounts('with btrfs snapshots the guard', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());
  inMode('btrfs', () => btrfs.path);
});

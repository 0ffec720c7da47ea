import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, NASTY_NAMES, type TempDir } from '../support/tempdir.ts';
import type { Mode } from '../support/transfer.ts';
import { growTree, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
let places = 0;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

/** With `-H`, since without it rsync makes a file of its own of each link. */
const KEEP_LINKS = 'rsync.extra-options = ["-H"]';

function backup(mode: Mode, drive?: string): Backup {
  places += 1;
  return new Backup(join(dir.path, String(places)), {
    mode,
    sync: KEEP_LINKS,
    ...(drive === undefined ? {} : { drive: join(drive, String(places)) }),
  });
}

const byte = fc.integer({ min: 1, max: 255 }).filter((value) => value !== 0x2f);
const hard = fc.constantFrom(...Buffer.from('\n\r\t"\'\\-*?[]{}$`;|&<>#!~ %:=@\xff\x80', 'latin1'));
const name = fc
  .array(fc.oneof(byte, hard), { minLength: 1, maxLength: 60 })
  .map((bytes) => Buffer.from(bytes))
  .filter(
    (bytes) =>
      !['.', '..'].includes(bytes.toString('latin1')) && !/^\.(nbkp-|rsync-partial$)/.test(bytes.toString('latin1')),
  );
const entries = fc.uniqueArray(fc.record({ name, kind: fc.constantFrom('file', 'folder', 'link') }), {
  selector: (entry) => entry.name.toString('latin1'),
  minLength: 40,
  maxLength: 60,
});

function behaves(mode: Mode, drive: () => string | undefined): void {
  it('brings back every kind of entry with names, owners, modes, times and links', async () => {
    const subject = backup(mode, drive());
    growTree(subject.source);
    subject.run(0);
    const { source, restored } = await subject.roundTrip();
    expect(source.filter((line) => line.startsWith('linked '))).toEqual(['linked deep/er/file\0linked']);
    expect(restored).toEqual(source);
    expect(await wholeTreeOf(subject.copy())).toEqual(source);
  });

  it('brings back names of any bytes', async () => {
    const subject = backup(mode, drive());
    let second = 1_700_000_000;
    await fc.assert(
      fc.asyncProperty(entries, async (made) => {
        subject.emptySource();
        for (const entry of made) {
          const path = Buffer.concat([Buffer.from(`${subject.source}/`), entry.name]);
          if (entry.kind === 'file') writeFileSync(path, entry.name);
          else if (entry.kind === 'folder') mkdirSync(path);
          else symlinkSync(entry.name, path);
        }
        // rsync compares whole seconds, and all of this may happen within one.
        second += 1;
        const all = [subject.source, '-mindepth', '1', '!', '-name', '.nbkp-src'];
        execFileSync('find', [...all, '-exec', 'touch', '-h', '-d', `@${second}`, '{}', '+']);
        subject.run(0, '--allow-destructive');
        const { source, restored } = await subject.roundTrip();
        expect(restored).toEqual(source);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('follows each change of the source, and says what it did', async () => {
    const subject = backup(mode, drive());
    subject.many(30);
    subject.write({ 'folder/file': 'first', other: 'same' });
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', files: 32, deleted: 0, entries: 33 }]);
    subject.write({ 'folder/file': 'second', new: 'new' });
    expect(subject.run(0).syncs).toMatchObject([{ files: 2, bytes: 9, entries: 34 }]);
    const { source, restored } = await subject.roundTrip();
    expect(restored).toEqual(source);
  });
}

describe('a backup without snapshots', () => behaves('none', () => undefined));

describe('a backup with hard-link snapshots', () => behaves('hard-link', () => undefined));

describeWithMounts('a backup with btrfs snapshots', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());
  behaves('btrfs', () => btrfs.path);
});

describe('volumes in folders whose names are hard on shells', () => {
  it('are backed up and restored', async () => {
    // No newline: the spec allows no control characters.
    const name = NASTY_NAMES.filter((each) => !each.includes('\n')).join('');
    const subject = new Backup(join(dir.path, name), { mode: 'hard-link', sync: 'snapshots.keep.last = 1' });
    subject.write({ file: '1' });
    const first = subject.run(0);
    subject.write({ file: 'changed' });
    expect(subject.run(0).syncs).toMatchObject([{ files: 1, pruned: [first.syncs[0]?.snapshot] }]);
    const { source, restored } = await subject.roundTrip();
    expect(restored).toEqual(source);
  });
});

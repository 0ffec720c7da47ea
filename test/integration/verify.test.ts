import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
  appendFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SyncVerification, VerifyDocument } from '../../src/planner/model/verification.ts';
import { checksumsOf } from '../../src/hosts/compare/checksums-of.ts';
import { FilesToVerify } from '../../src/hosts/compare/files-to-verify.ts';
import { verifyFiles } from '../../src/hosts/compare/verify.ts';
import { heldTimes } from '../../src/planner/file-systems/held-times.ts';
import { ChecksumLog, readChecksums } from '../../src/store/checksums.ts';
import { localTransport } from '../../src/hosts/transport/local.ts';
import { Backup } from '../support/backup.ts';
import { transportThrough } from '../support/observing.ts';
import { untilWhile } from '../support/running.ts';
import { schemaErrors } from '../support/schemas.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { stateOf } from '../support/tree.ts';

let dir: TempDir;
let subject: Backup;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link' });
  subject.write({ 'letters/march': 'Dear reader', 'letters/april': 'Dear writer', plain: 'x'.repeat(70_000) });
  writeFileSync(Buffer.concat([Buffer.from(`${subject.source}/`), Buffer.from('# \\#101\n\xff', 'latin1')]), 'odd');
  subject.run(0);
  subject.sandbox.save();
});

beforeEach(() => subject.sandbox.reset());

afterAll(() => dir.remove());

function verify(code: number, ...args: string[]): SyncVerification {
  const answer = subject.expectCode(code, subject.sandbox.nbkp('verify', ...args, '--json'));
  const document = JSON.parse(answer.stdout) as VerifyDocument;
  expect(schemaErrors('verify', document)).toEqual([]);
  const [only] = document.syncs;
  if (only === undefined) throw new Error('nothing was verified');
  return only;
}

/** Flips one bit and leaves size and time as they are, as a bad sector would. */
function rot(path: string): void {
  const { atime, mtime } = statSync(path);
  const descriptor = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(descriptor, byte, 0, 1, 5);
  writeSync(descriptor, Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, 5);
  closeSync(descriptor);
  utimesSync(path, atime, mtime);
}

/** As after a change of machine: nothing is recorded of what was copied. */
function forgetChecksums(): void {
  const folder = join(subject.sandbox.state, 'checksums');
  renameSync(folder, `${folder}.gone`);
}

describe('verify', () => {
  it('finds every file as it was copied, without the source, and changes nothing at the destination', async () => {
    renameSync(subject.source, `${subject.source}.away`);
    const before = await stateOf(subject.drive);
    expect(verify(0)).toMatchObject({ state: 'verified', counts: { total: 4, files: 4, recorded: 4, bad: 0 } });
    expect(await stateOf(subject.drive)).toEqual(before);
  });

  it('finds and locates a bit that rotted, though size and time are the same', () => {
    rot(join(subject.copy(), 'letters/march'));
    const found = verify(1, 'documents');
    expect(found.problems).toEqual([{ path: 'letters/march', problem: 'rotten', source: 'intact' }]);
    const text = subject.expectCode(1, subject.sandbox.nbkp('verify')).stdout;
    expect(text).toContain('letters/march: rotten');
  });

  it('does not call rotten what only changed in the source since', () => {
    subject.write({ 'letters/march': 'Dear reader, again', 'letters/april': 'another' });
    rot(join(subject.copy(), 'letters/april'));
    expect(verify(1).problems).toEqual([{ path: 'letters/april', problem: 'rotten', source: 'changed' }]);
  });

  it('knows the checksums of a later run, and of snapshots of before', () => {
    const [first = ''] = subject.snapshots();
    subject.write({ 'letters/march': 'Second version' });
    subject.run(0);
    expect(verify(0)).toMatchObject({ counts: { recorded: 4 } });
    expect(verify(0, `documents@${first}`)).toMatchObject({ snapshot: first, counts: { recorded: 4 } });
  });

  it('compares with the source what is not recorded, and records it then', () => {
    forgetChecksums();
    subject.write({ plain: 'changed since' });
    expect(verify(0)).toMatchObject({ counts: { recorded: 0, sameAsSource: 3, unknown: 1, bad: 0 } });
    expect(verify(0)).toMatchObject({ counts: { recorded: 3, sameAsSource: 0, unknown: 1 } });
  });

  it('says that copy and source differ where nothing is recorded to tell which is right', () => {
    forgetChecksums();
    rot(join(subject.copy(), 'letters/march'));
    expect(verify(1).problems).toEqual([{ path: 'letters/march', problem: 'differs' }]);
  });

  it('calls a file rotten that lost its end', () => {
    const path = join(subject.copy(), 'plain');
    const { mtime, atime } = statSync(path);
    truncateSync(path, 10);
    utimesSync(path, atime, mtime);
    expect(verify(1).problems).toEqual([{ path: 'plain', problem: 'rotten', source: 'intact' }]);
  });

  it('knows by the source that a file without a record has lost its end', () => {
    // The source was put back, which is a change of it, after the first one.
    subject.run(0);
    forgetChecksums();
    const path = join(subject.copy(), 'plain');
    const { mtime, atime } = statSync(path);
    truncateSync(path, 10);
    utimesSync(path, atime, mtime);
    const found = verify(1);
    expect(found.problems).toEqual([{ path: 'plain', problem: 'changed' }]);
    expect(found.counts).toMatchObject({ sameAsSource: 3, unknown: 1, bad: 1 });
  });

  describe('where the source has not changed since', () => {
    beforeEach(() => {
      subject.write({ 'old/a': 'a', 'old/b': 'b' });
      mkdirSync(join(subject.source, 'old/empty'));
      symlinkSync('a', join(subject.source, 'old/link'));
      subject.run(0);
    });

    it('finds entries that are missing, that should not be there, and that are something else', () => {
      const copy = join(subject.copy(), 'old');
      rmSync(join(copy, 'a'));
      rmdirSync(join(copy, 'empty'));
      unlinkSync(join(copy, 'link'));
      symlinkSync('b', join(copy, 'link'));
      writeFileSync(join(copy, 'b'), 'other');
      utimesSync(join(copy, 'b'), 1_700_000_000, 1_700_000_000);
      writeFileSync(join(copy, 'more\n'), 'extra');
      const found = verify(1);
      expect(Object.fromEntries(found.problems.map(({ path, problem }) => [path, problem]))).toEqual({
        'old/a': 'missing',
        'old/empty/': 'missing',
        'old/link': 'changed',
        'old/b': 'changed',
        'old/more\\#012': 'extra',
      });
      expect(found.counts.bad).toBe(5);
    });

    it('judges nothing that has changed there since, or that its filters leave out', () => {
      subject.write({ 'old/b': 'newer', 'new/c': 'c' });
      rmSync(join(subject.source, 'old/a'));
      expect(verify(0).problems).toEqual([]);
      subject.respec({ mode: 'hard-link', sync: 'filters = ["- empty"]' });
      rmdirSync(join(subject.copy(), 'old/empty'));
      expect(verify(0).problems).toEqual([]);
    });
  });

  it('reads a sample, and other files the next time, until all had their turn', () => {
    const parts = [1, 2].map(() => verify(0, '--sample', '50'));
    expect(parts.map(({ sample }) => sample)).toEqual([
      { part: 1, of: 2 },
      { part: 2, of: 2 },
    ]);
    expect(parts.map(({ counts }) => counts.files)).toEqual([2, 2]);
    expect(verify(0, '--sample', '50').sample).toEqual({ part: 1, of: 2 });
  });

  it('goes on where it was interrupted', async () => {
    subject.many(4100);
    subject.run(0);
    // In front of the real rsync: what is verified after the first part waits, so that it can be interrupted.
    const rsync = execFileSync('sh', ['-c', 'command -v rsync'], { encoding: 'utf8' }).trim();
    const held = join(subject.sandbox.root, 'held');
    const script = `#!/bin/sh
case " $* " in *' --relative '*)
  mkdir '${held}.not' || { : >'${held}'; exec sleep 1000; } ;;
esac
exec ${rsync} "$@"
`;
    subject.sandbox.files({ 'bin/rsync': script });
    chmodSync(join(subject.sandbox.root, 'bin/rsync'), 0o755);
    const env = { PATH: `${subject.sandbox.root}/bin:${process.env['PATH'] ?? ''}` };
    const running = subject.sandbox.start(['verify', '--json'], env);
    await untilWhile(running, () => existsSync(held));
    running.kill('SIGINT');
    const { code, stdout } = await running.ended;
    const partly = (JSON.parse(stdout) as VerifyDocument).syncs[0];
    expect([code, partly?.state]).toEqual([130, 'partly']);
    expect(partly?.counts.files).toBeGreaterThan(0);
    expect(partly?.counts.files).toBeLessThan(4104);
    expect(verify(0)).toMatchObject({ state: 'verified', counts: { total: 4104, files: 4104, recorded: 4104 } });
  });

  it('is 4 for a copy that was asked for and is absent, and 0 where all were meant', () => {
    renameSync(subject.drive, `${subject.drive}.away`);
    expect(verify(4, 'documents').state).toBe('absent');
    expect(verify(0).state).toBe('absent');
  });
});

describe('a copy that cannot be read at all', () => {
  it('is an error where its files are listed, at first and later, and where they are read', async () => {
    const { signal } = new AbortController();
    const place = { transport: localTransport(), path: join(dir.path, 'gone') };
    const files = (after: number): FilesToVerify => new FilesToVerify(place, { first: 1, step: 1 }, after, signal);
    const listed = [await files(0).total(), await files(2000).next(10)];
    const read = await checksumsOf(place, ['letter'], 'xxh128', signal);
    for (const { findings } of [...listed, read]) expect(findings).toMatchObject([{ code: 'verify-failed' }]);
  });
});

describe('the record of checksums', () => {
  it('skips a line that a power cut tore and goes on after it', async () => {
    const state = join(dir.path, 'torn');
    const file = { path: 'a b', size: 3, time: 1_700_000_000, checksum: 'f4d0497cf9394caab34d1a3ab2bece70' };
    const write = (path: string): void => {
      const log = new ChecksumLog(state, 'key', { documents: 'ends' });
      log.add('documents', { ...file, path });
      expect(log.close()).toEqual([]);
    };
    write('first');
    appendFileSync(join(state, 'checksums/ends/00000001.txt'), 'f4d0497cf939');
    write('second');
    const recorded = await readChecksums({ state, specKey: 'key', sync: 'documents', ends: 'ends' }, heldTimes(null));
    expect(['first', 'second', 'third'].map((path) => recorded.holds({ ...file, path }))).toEqual([true, true, false]);
  });

  it('that cannot be written is a warning: the copy is as good without it', () => {
    const state = join(dir.path, 'closed');
    mkdirSync(state);
    writeFileSync(join(state, 'checksums'), '');
    const log = new ChecksumLog(state, 'key', { documents: 'ends' });
    log.add('documents', { path: 'a', size: 3, time: 1_700_000_000, checksum: 'f4d0497cf9394caab34d1a3ab2bece70' });
    expect(log.close()).toMatchObject([{ severity: 'warning', code: 'checksums-unwritable' }]);
  });

  it('of a rsync that knows only MD5 is understood too', async () => {
    const place = { transport: localTransport(), path: subject.copy() };
    const { signal } = new AbortController();
    const old = await checksumsOf(place, ['letters/march'], 'md5', signal);
    const file = old.ok ? old.value?.get('letters/march') : undefined;
    const recorded = {
      knows: ({ path }: { path: string }) => path === file?.path,
      holds: ({ checksum }: { checksum: string }) => checksum === file?.checksum,
    };
    const seen = await verifyFiles(
      place,
      ['letters/march', 'letters/april', 'gone'],
      { recorded, source: null, times: heldTimes(null) },
      signal,
    );
    // `gone` is what a run or a prune has removed since the files were listed.
    expect(seen.ok && seen.value.counts).toMatchObject({ files: 3, recorded: 1, unknown: 2, bad: 0 });
    expect(seen.ok && seen.value.problems).toEqual([]);
  });

  // rsync tells a checksum of zeros for a file that it cannot read, and any file may once have been recorded.
  it('is never that of a file which cannot be read', async () => {
    const tree = join(dir.path, 'tree');
    mkdirSync(tree);
    for (const name of ['open', 'closed']) writeFileSync(join(tree, name), name);
    chmodSync(dir.path, 0o755);
    chmodSync(join(tree, 'closed'), 0);
    const asNobody = transportThrough(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']);
    const transport = process.getuid?.() === 0 ? asNobody : localTransport();
    const recorded = { knows: () => true, holds: () => true };
    const { signal } = new AbortController();
    const seen = await verifyFiles(
      { transport, path: tree },
      ['open', 'closed'],
      { recorded, source: null, times: heldTimes(null) },
      signal,
    );
    expect(seen.ok && seen.value.counts).toMatchObject({ files: 2, recorded: 1, bad: 1 });
    expect(seen.ok && seen.value.problems).toEqual([{ path: 'closed', problem: 'unreadable' }]);
  });
});

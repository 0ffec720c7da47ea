import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotsDiffDocument } from '../../src/planner/model/comparison.ts';
import { localTransport } from '../../src/hosts/transport/local.ts';
import { treeDifference } from '../../src/hosts/compare/tree-difference.ts';
import { Backup } from '../support/backup.ts';
import { schemaErrors } from '../support/schemas.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let subject: Backup;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(dir.path, { mode: 'hard-link' });
  subject.write({ same: 'same', 'folder/kept': 'k', gone: 'gone', grown: 'a', 'mode-only': 'm', 'owner-only': 'o' });
  symlinkSync('same', join(subject.source, 'link'));
  writeFileSync(Buffer.concat([Buffer.from(`${subject.source}/`), Buffer.from([0xff, 0x0a, 0x61])]), 'odd');
  subject.run(0);
  subject.write({ grown: 'a'.repeat(5000), 'folder/new': 'n'.repeat(100) });
  rmSync(join(subject.source, 'gone'));
  chmodSync(join(subject.source, 'mode-only'), 0o600);
  chownSync(join(subject.source, 'owner-only'), 12, 34);
  rmSync(join(subject.source, 'link'));
  symlinkSync('grown', join(subject.source, 'link'));
  execFileSync('find', [
    subject.source,
    '-name',
    '*a',
    '-type',
    'f',
    '-size',
    '-4c',
    '-exec',
    'chmod',
    '600',
    '{}',
    '+',
  ]);
  subject.run(0);
});

afterAll(() => dir.remove());

function diff(code: number, ...args: string[]): SnapshotsDiffDocument {
  const answer = subject.expectCode(code, subject.sandbox.nbkp('snapshots', 'diff', ...args, '--json'));
  return JSON.parse(answer.stdout) as SnapshotsDiffDocument;
}

describe('snapshots diff', () => {
  it('says what was added, removed and changed in what, the largest first', () => {
    const document = diff(0, 'documents');
    expect(schemaErrors('snapshots-diff', document)).toEqual([]);
    expect(document.entries[0]).toMatchObject({ path: 'grown', change: 'changed' });
    const lines = document.entries.map(({ change, path, differs }) => `${change} ${path} ${differs.join(' ')}`.trim());
    expect(lines.sort()).toEqual([
      'added folder/new',
      'changed \\#377\\#012a mode',
      'changed grown size time',
      'changed link time target',
      'changed mode-only mode',
      'changed owner-only owner',
      'removed gone',
    ]);
    expect(document.removed).toEqual({ entries: 1, bytes: 4 });
    expect(document.changed.bytes).toBe(5000 + 1 + 1 + 3);
  });

  it('takes snapshots by the beginning of their names, and the latest where only one is named', () => {
    const [first = '', second = ''] = subject.snapshots();
    expect(diff(0, `documents@${first}`)).toMatchObject({ from: { snapshot: first }, to: { snapshot: second } });
    const backwards = diff(0, `documents@${second}`, first);
    expect(backwards.added).toEqual({ entries: 1, bytes: 4 });
    expect(diff(0, `documents@${second}`, second).entries).toEqual([]);
  });

  it('names as many as --limit asks for and counts all', () => {
    const document = diff(0, 'documents', '--limit', '2');
    expect(document).toMatchObject({ truncated: true, changed: { entries: 5 } });
    expect(document.entries.map(({ path }) => path)).toEqual(['grown', 'folder/new']);
  });

  it('refuses what is no snapshot of the sync, and no sync', () => {
    const unknown = subject.expectCode(1, subject.sandbox.nbkp('snapshots', 'diff', 'documents@1999'));
    expect(unknown.stderr).toContain('snapshot-unknown');
    subject.expectCode(64, subject.sandbox.nbkp('snapshots', 'diff', 'documants'));
    const ambiguous = subject.expectCode(1, subject.sandbox.nbkp('snapshots', 'diff', 'documents@2'));
    expect(ambiguous.stderr).toContain('snapshot-ambiguous');
  });

  it('says that the drive is absent, with exit code 4', () => {
    renameSync(subject.drive, `${subject.drive}.away`);
    const absent = subject.sandbox.nbkp('snapshots', 'diff', 'documents');
    renameSync(`${subject.drive}.away`, subject.drive);
    expect(absent.code).toBe(4);
  });

  it('fails when a tree cannot be read, instead of calling the rest removed', async () => {
    const seen = await treeDifference(localTransport(), subject.copy(), join(dir.path, 'no-such-place'), 10);
    expect(seen.findings.map(({ code }) => code)).toEqual(['snapshot-unreadable']);
  });

  it('calls hard links to one inode the same, and keeps few of very many entries in memory', async () => {
    const [one, other] = [join(dir.path, 'one'), join(dir.path, 'other')];
    execFileSync('sh', ['-c', 'mkdir "$0" "$1" && cd "$0" && seq 1 20000 | xargs touch', one, other]);
    writeFileSync(join(one, 'shared'), 'x');
    linkSync(join(one, 'shared'), join(other, 'shared'));
    const seen = await treeDifference(localTransport(), one, other, 5);
    expect(seen.ok && [seen.value.removed.entries, seen.value.entries.length]).toEqual([20_000, 5]);
  });
});

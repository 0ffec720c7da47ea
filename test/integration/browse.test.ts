import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindDocument, ListDocument } from '../../src/planner/model/browsing.ts';
import { Backup } from '../support/backup.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { schemaErrors } from '../support/schemas.ts';
import { growTree } from '../support/tree.ts';

let dir: TempDir;
let history: Backup;
let plain: Backup;
/** A folder for `PATH` in which every program is busybox's. */
let small: string;

beforeAll(async () => {
  dir = await makeTempDir();
  history = new Backup(join(dir.path, 'history'), { mode: 'hard-link' });
  growTree(history.source);
  history.write({ 'Documents/letter': 'first', 'Documents/two  spaces': '', 'Pictures/summer.jpg': 'x'.repeat(3000) });
  utimesSync(join(history.source, 'Documents/letter'), 1_700_000_000.25, 1_700_000_000.25);
  symlinkSync('Documents', join(history.source, 'documents-link'));
  history.run(0);
  history.write({ 'Documents/letter': 'second version' });
  chmodSync(join(history.source, 'Pictures/summer.jpg'), 0o600);
  history.run(0);
  plain = new Backup(join(dir.path, 'plain'), { mode: 'none' });
  plain.write({ 'Documents/letter': 'plain' });
  plain.run(0);
  small = join(dir.path, 'small');
  mkdirSync(small);
  for (const tool of ['sh', 'find', 'stat', 'od', 'tr', 'readlink']) symlinkSync('/usr/bin/busybox', join(small, tool));
});

afterAll(() => dir.remove());

function find(subject: Backup, code: number, args: string[], env: Record<string, string> = {}): FindDocument {
  const answer = subject.expectCode(code, subject.sandbox.nbkpWith(env, 'find', ...args, '--json'));
  return JSON.parse(answer.stdout) as FindDocument;
}

const paths = ({ versions }: FindDocument): string[] => versions.map(({ path }) => path);

function ls(subject: Backup, code: number, args: string[], env: Record<string, string> = {}): ListDocument {
  const answer = subject.expectCode(code, subject.sandbox.nbkpWith(env, 'ls', ...args, '--json'));
  return JSON.parse(answer.stdout) as ListDocument;
}

const names = (document: ListDocument): string[] => document.entries.map(({ name }) => name);

/** What find(1) says of a folder, in the words of the document. */
function asFound(folder: string): object[] {
  const format = '%f\\t%y\\t%s\\t%m\\t%U:%G\\t%T@\\t%l\\0';
  const found = execFileSync('find', [folder, '-mindepth', '1', '-maxdepth', '1', '-printf', format]);
  const types: Record<string, string> = { f: 'file', d: 'directory', l: 'symlink' };
  return found
    .toString('latin1')
    .split('\0')
    .slice(0, -1)
    .sort()
    .map((line) => {
      const [name = '', type = '', size, mode, owner, time = '', target] = line.split('\t').map(utf8);
      return {
        ...{ name, type: types[type] ?? 'other', size: type === 'f' ? Number(size) : 0, mode, owner },
        seconds: Math.trunc(Number(time)),
        ...(type === 'l' ? { target } : {}),
      };
    });
}

/** As nbkp writes a name that cannot be shown. */
function utf8(text: string): string {
  if (text.startsWith('f\xfcr')) return 'f\\#374r\\#377\\#012';
  return Buffer.from(text.replace('\n', '\\#012'), 'latin1').toString('utf8');
}

function asListed({ entries }: ListDocument): object[] {
  return entries.map(({ time, ...entry }) => ({ ...entry, seconds: Math.trunc(Date.parse(time) / 1000) }));
}

describe('ls', () => {
  it('lists the top of the latest snapshot with sizes, times, modes, owners and targets', () => {
    const document = ls(history, 0, ['documents']);
    expect(schemaErrors('ls', document)).toEqual([]);
    expect(document).toMatchObject({
      sync: 'documents',
      snapshot: history.latest().replace('snapshots/', ''),
      path: '',
    });
    expect(asListed(document)).toEqual(asFound(history.copy()));
  });

  it('says the same where find has no -printf', () => {
    const env = { PATH: `${small}:${process.env['PATH'] ?? ''}` };
    for (const path of ['', 'Documents', 'dangling', 'f\\#374r\\#377\\#012']) {
      const [one, other] = [ls(history, 0, ['documents', path], env), ls(history, 0, ['documents', path])];
      expect(one.entries).toEqual(other.entries);
      expect(one.entries).not.toEqual([]);
    }
  });

  it('lists a folder or one file of any snapshot, by its path in the snapshot or in the source', () => {
    const [first = ''] = history.snapshots();
    expect(names(ls(history, 0, ['documents', 'Documents/']))).toEqual(['letter', 'two  spaces']);
    const [letter] = ls(history, 0, [`documents@${first}`, join(history.source, 'Documents/letter')]).entries;
    expect(letter).toMatchObject({ name: 'letter', size: 5, time: '2023-11-14T22:13:20.250Z' });
    expect(ls(history, 0, ['documents@-2', history.source])).toMatchObject({ snapshot: first, path: '' });
    expect(ls(history, 0, ['documents', 'documents-link']).entries).toMatchObject([{ target: 'Documents' }]);
    const odd = ls(history, 0, ['documents', 'f\\#374r\\#377\\#012']);
    expect(odd).toMatchObject({ path: 'f\\#374r\\#377\\#012', entries: [{ name: 'f\\#374r\\#377\\#012', size: 24 }] });
    expect(ls(history, 0, ['documents', 'empty']).entries).toEqual([]);
  });

  it('shows a person each space of a name', () => {
    const { stdout } = history.expectCode(0, history.sandbox.nbkp('ls', 'documents', 'Documents', '--long'));
    expect(stdout).toMatch(/^documents@\S+, Documents: 2 entries\n {2}644 {2}\d+:\d+ {2}14 B {2}.* UTC {2}letter\n/);
    expect(stdout).toMatch(/ {2}two {2}spaces\n$/);
  });

  it('lists the copy of a sync without snapshots, and nothing of what nbkp keeps there', () => {
    const document = ls(plain, 0, ['documents']);
    expect(document.snapshot).toBeNull();
    expect(names(document)).toEqual(['Documents']);
  });

  it('names what is near to a path that is not there, and goes through no link', () => {
    const refused = (...args: string[]): string =>
      history.expectCode(1, history.sandbox.nbkp('ls', 'documents', ...args)).stderr.replace(/\s+/g, ' ');
    expect(refused('Docs')).toMatch(
      /path-not-in-snapshot[^]* has no Docs\.[^]*Did you mean `Documents` or `documents-link`\?/,
    );
    expect(refused('Documents/leter/x')).toMatch(
      /Documents of documents@\S+ has no leter\.[^]*Did you mean `letter`\?/,
    );
    expect(refused('Documents/letter/x')).toContain('letter is a file there');
    expect(refused('documents-link/letter')).toContain('documents-link is a link there');
    expect(refused('../documents')).toContain('restore-path-invalid');
    expect(refused('/etc')).toContain('restore-path-invalid');
    expect(refused('--', '-x')).toContain('path-not-in-snapshot');
  });

  it('ends with 4 for snapshots that are not here', () => {
    renameSync(history.drive, `${history.drive}.away`);
    const absent = history.sandbox.nbkp('ls', 'documents');
    renameSync(`${history.drive}.away`, history.drive);
    expect(absent.code).toBe(4);
  });
});

describe('find', () => {
  it('finds each version of a file once, with the snapshots that hold it', () => {
    const [first = '', second = ''] = history.snapshots();
    const document = find(history, 0, ['letter']);
    expect(schemaErrors('find', document)).toEqual([]);
    const about = { sync: 'documents', path: 'Documents/letter', type: 'file' };
    expect(document).toMatchObject({
      searched: 2,
      versions: [
        { ...about, size: 14, snapshots: [second] },
        { ...about, size: 5, time: '2023-11-14T22:13:20.250Z', snapshots: [first] },
      ],
    });
    const same = find(history, 0, ['two  spaces']).versions;
    expect(same).toMatchObject([{ path: 'Documents/two  spaces', snapshots: [first, second] }]);
    // Copied anew for its mode: another inode of one size and time.
    expect(find(history, 0, ['*.jpg']).versions).toMatchObject([{ snapshots: [first] }, { snapshots: [second] }]);
  });

  it('takes globs, whole paths, and the full path in the source', () => {
    expect(paths(find(history, 0, ['f*[!a]'])).filter((path) => path.startsWith('f\\#374'))).toHaveLength(1);
    expect(paths(find(history, 0, ['f\\#374r\\#377\\#012']))).toEqual(['f\\#374r\\#377\\#012']);
    expect(paths(find(history, 0, ['-i', 'DEEP*']))).toContain('deep');
    expect(paths(find(history, 0, ['DEEP*']))).toEqual([]);
    expect(new Set(paths(find(history, 0, ['deep/**/file'])))).toEqual(new Set(['deep/er/file']));
    expect(paths(find(history, 0, [join(history.source, 'Documents/lett*')]))).toEqual(
      Array(2).fill('Documents/letter'),
    );
    expect(paths(find(history, 0, ['/elsewhere/letter']))).toEqual([]);
    expect(find(history, 0, ['documents-link']).versions).toMatchObject([{ target: 'Documents', type: 'symlink' }]);
  });

  it('tells by size and time', () => {
    expect(new Set(paths(find(history, 0, ['*', '--larger', '1kB'])))).toEqual(new Set(['Pictures/summer.jpg']));
    const recent = paths(find(history, 0, ['letter', '--since', '12h']));
    expect(recent).toEqual(['Documents/letter']);
    expect(paths(find(history, 0, ['letter', '--since', '2023-11-01']))).toHaveLength(2);
    expect(paths(find(history, 0, ['letter', '--since', '2999-01-01']))).toEqual([]);
    history.expectCode(64, history.sandbox.nbkp('find', 'letter', '--since', 'yore'));
    history.expectCode(64, history.sandbox.nbkp('find', 'letter', '--larger', '5'));
  });

  it('says the same where find has no -printf', () => {
    const env = { PATH: `${small}:${process.env['PATH'] ?? ''}` };
    for (const args of [['*'], ['-i', '*E*', '--since', '10d'], ['*', '--larger', '4B']]) {
      const [one, other] = [find(history, 0, args, env), find(history, 0, args)];
      expect(one.versions).toEqual(other.versions);
      expect(one.versions.length).toBeGreaterThan(2);
    }
  });

  it('looks into the copy of a sync without snapshots, and not at what nbkp keeps there', () => {
    expect(find(plain, 0, ['*']).versions).toMatchObject([
      { path: 'Documents', snapshots: [] },
      { path: 'Documents/letter', size: 5, snapshots: [] },
    ]);
  });

  it('shows a person what to type to have it back, and what to try when there is none', () => {
    const [, second = ''] = history.snapshots();
    const { stdout } = history.expectCode(0, history.sandbox.nbkp('find', 'letter'));
    expect(stdout).toContain('documents  Documents/letter\n  14 B  ');
    expect(stdout).toContain(
      `2 versions of 1 path in 2 copies.\nTo have the first back:\n  $ nbkp restore documents@${second} Documents/letter --to DIR\n`,
    );
    const none = history.expectCode(0, history.sandbox.nbkp('find', 'lett'));
    expect(none.stdout).toBe("Nothing is named so in 2 copies. Parts of names: nbkp find -i '*lett*'\n");
  });

  it('fails when not all could be seen, and tells what it has seen', () => {
    const nobody = ['setpriv', '--reuid=65534', '--clear-groups'];
    execFileSync('chmod', ['a+x', dir.path]);
    execFileSync('chmod', ['-R', 'a+rX', history.sandbox.root]);
    const closed = history.snapshot(history.snapshots()[0] ?? '');
    chmodSync(join(closed, 'Pictures'), 0o700);
    const answer = history.sandbox.nbkpThrough(nobody, 'find', 'letter', '--json');
    chmodSync(join(closed, 'Pictures'), 0o755);
    const document = JSON.parse(history.expectCode(1, answer).stdout) as FindDocument;
    expect(document.findings).toMatchObject([{ code: 'snapshot-unreadable' }]);
    expect(paths(document)).toHaveLength(2);
  });

  it('ends with 4 where no snapshot is here', () => {
    renameSync(history.drive, `${history.drive}.away`);
    const absent = history.sandbox.nbkp('find', 'letter', '--json');
    renameSync(`${history.drive}.away`, history.drive);
    expect(JSON.parse(history.expectCode(4, absent).stdout)).toMatchObject({ versions: [], searched: 0 });
  });
});

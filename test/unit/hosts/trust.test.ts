import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exposureOf } from '../../../src/hosts/trust.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

const ADA = { uid: 1000, gid: 1000 };
const BOB = 1001;

let dir: TempDir;
let folder: string;
let file: string;

beforeEach(async () => {
  dir = await makeTempDir();
  folder = join(dir.path, 'folder');
  file = join(folder, 'file');
  mkdirSync(folder);
  writeFileSync(file, '');
  chownSync(folder, ADA.uid, ADA.gid);
  chownSync(file, ADA.uid, ADA.gid);
});

afterEach(() => dir.remove());

function exposure(path: string, owners: number[] = []): string | null {
  return exposureOf(path, statSync(path), ADA, owners)?.because ?? null;
}

// Each needs files of several users.
describe.skipIf(process.getuid?.() !== 0)('who else decides what a file says', () => {
  it('is nobody for one of this user or of root, in folders of theirs', () => {
    expect(exposure(file)).toBeNull();
    chownSync(file, 0, 0);
    chownSync(folder, 0, 0);
    expect(exposure(file)).toBeNull();
    expect(exposure('/etc/passwd')).toBeNull();
  });

  it('is its owner, and whoever may write to it', () => {
    chownSync(file, BOB, 1000);
    expect(exposure(file)).toBe('belongs to user 1001');
    expect(exposure(file, [BOB])).toBeNull();
    chownSync(file, ADA.uid, 50);
    chmodSync(file, 0o664);
    expect(exposure(file)).toBe('can be written to by group 50');
    chmodSync(file, 0o646);
    expect(exposure(file)).toBe('can be written to by everybody');
  });

  it('is whoever an access list lets write, also as one of the own group, and not whoever it lets read', () => {
    chmodSync(file, 0o640);
    execFileSync('setfacl', ['-m', `u:${BOB}:r`, file]);
    expect(exposure(file)).toBeNull();
    execFileSync('setfacl', ['-m', `u:${BOB}:rw`, file]);
    expect(exposure(file)).toBe('has an access list that lets others write');
    const link = join(folder, 'link');
    symlinkSync(file, link);
    lchownSync(link, ADA.uid, ADA.gid);
    expect(exposure(link)).toBe('has an access list that lets others write');
    // What the help says.
    execFileSync('chmod', ['g-w', file]);
    expect(exposure(file)).toBeNull();
    execFileSync('setfacl', ['-m', `u:${BOB}:rwx`, folder]);
    expect(exposure(file)).toBe(`is in ${folder}, which has an access list that lets others write`);
    execFileSync('setfacl', ['-b', folder]);
    chmodSync(folder, 0o770);
    expect(exposure(file)).toBeNull();
  });

  it('is whoever may put another file in its place', () => {
    chmodSync(folder, 0o777);
    expect(exposure(file)).toBe(`is in ${folder}, which can be written to by everybody`);
    chownSync(folder, ADA.uid, 50);
    chmodSync(folder, 0o770);
    expect(exposure(file)).toBe(`is in ${folder}, which can be written to by group 50`);
    chownSync(folder, BOB, 1000);
    chmodSync(folder, 0o755);
    expect(exposure(file)).toBe(`is in ${folder}, which belongs to user 1001`);
    expect(exposure(file, [BOB])).toBeNull();
  });

  it('is nobody in a folder such as /tmp, where only owners rename', () => {
    chmodSync(folder, 0o1777);
    expect(exposure(file)).toBeNull();
    chownSync(folder, BOB, 1000);
    expect(exposure(file)).toBe(`is in ${folder}, which belongs to user 1001`);
  });

  it('is the owner of a link on the way, and of the folders that it leads through', () => {
    const link = join(dir.path, 'link');
    symlinkSync('folder/../folder/./file', link);
    expect(exposure(link)).toBeNull();
    lchownSync(link, BOB, 1000);
    expect(exposure(link)).toBe(`is reached through the link ${link}, which belongs to user 1001`);
    lchownSync(link, ADA.uid, ADA.gid);
    chmodSync(folder, 0o777);
    expect(exposure(link)).toBe(`is in ${folder}, which can be written to by everybody`);
  });

  it('is whoever owns a folder that a linked folder is in', () => {
    const alias = join(dir.path, 'alias');
    symlinkSync(folder, alias);
    expect(exposure(join(alias, 'file'))).toBeNull();
    chownSync(folder, BOB, 1000);
    expect(exposure(join(alias, 'file'))).toBe(`is in ${folder}, which belongs to user 1001`);
  });
});

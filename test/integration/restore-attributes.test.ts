import { execFileSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FindDocument, ListDocument } from '../../src/planner/model/browsing.ts';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';

const HOLE = 8 * 1024 * 1024;
const OPTIONS = 'rsync.options = ["-aHAXS", "--delete", "-x"]';

/** ACLs and extended attributes of a tree, as `getfacl` and `getfattr` tell them. */
function attributesOf(folder: string): string {
  const facl = execFileSync('getfacl', ['-R', '-n', '.'], { cwd: folder, encoding: 'utf8' });
  const fattr = execFileSync('getfattr', ['-R', '-h', '-d', '-m', '^user', '.'], { cwd: folder, encoding: 'utf8' });
  return facl + fattr;
}

for (const mode of ['hard-link', 'btrfs'] as const) {
  describeWithMounts(`what a copy with -HAXS holds, with snapshots of mode ${mode}`, () => {
    let home: BtrfsMount;
    let drive: BtrfsMount;
    let backup: Backup;

    beforeAll(async () => {
      home = await makeFileSystem(100, ['mkfs.ext4', '-q']);
      drive = mode === 'btrfs' ? await makeBtrfs(300) : await makeFileSystem(100, ['mkfs.ext4', '-q']);
      const root = join(home.path, 'root');
      backup = new Backup(root, { mode, drive: join(drive.path, 'drive'), sync: OPTIONS });
      backup.write({ 'letters/march': 'first', 'letters/april': 'april' });
      const file = (name: string): string => join(backup.source, name);
      linkSync(file('letters/april'), file('letters/again'));
      execFileSync('setfacl', ['-m', 'u:12:rw,m::r', file('letters/march')]);
      execFileSync('setfacl', ['-d', '-m', 'g:34:rx', file('letters')]);
      execFileSync('setfattr', ['-n', 'user.rating', '-v', 'five', file('letters/april')]);
      const sparse = openSync(file('disk.img'), 'w');
      writeSync(sparse, 'end', HOLE);
      closeSync(sparse);
      backup.run(0);
      backup.write({ 'letters/march': 'second version' });
      backup.run(0);
    });

    afterAll(async () => {
      await drive.remove();
      await home.remove();
    });

    it('comes back: ACLs, attributes, links among files and holes', () => {
      const to = join(home.path, `restored-${mode}`);
      backup.expectCode(0, backup.sandbox.nbkp('restore', 'documents', '--to', to, '--yes'));
      mkdirSync(join(to, 'expected'));
      execFileSync('rsync', ['-aHAXS', '--exclude=/.nbkp-src', `${backup.source}/`, join(to, 'expected')]);
      const names = readdirSync(join(to, 'expected'));
      expect(names).toEqual(['disk.img', 'letters']);
      const expected = attributesOf(join(to, 'expected'));
      expect(expected).toContain('user:12:rw-');
      expect(expected).toContain('user.rating="five"');
      for (const name of names) execFileSync('mv', [join(to, 'expected', name), join(to, `${name}.expected`)]);
      execFileSync('rmdir', [join(to, 'expected')]);
      expect(attributesOf(join(to, 'letters'))).toBe(attributesOf(join(to, 'letters.expected')));
      const april = statSync(join(to, 'letters/april'));
      expect([april.ino, april.nlink]).toEqual([statSync(join(to, 'letters/again')).ino, 2]);
      const image = statSync(join(to, 'disk.img'));
      expect([image.size, image.blocks * 512 < HOLE / 8]).toEqual([HOLE + 3, true]);
    });

    it('is listed and found, each version once, and any of them comes back', () => {
      const [first = ''] = backup.snapshots();
      const list = backup.expectCode(0, backup.sandbox.nbkp('ls', `documents@${first}`, 'letters', '--json'));
      const { entries } = JSON.parse(list.stdout) as ListDocument;
      expect(entries.map(({ name, size }) => [name, size])).toEqual([
        ['again', 5],
        ['april', 5],
        ['march', 5],
      ]);
      const find = backup.expectCode(0, backup.sandbox.nbkp('find', 'march', '--json'));
      const { versions } = JSON.parse(find.stdout) as FindDocument;
      expect(versions.map(({ size, snapshots }) => [size, snapshots.length])).toEqual([
        [14, 1],
        [5, 1],
      ]);
      const to = join(home.path, `march-${mode}`);
      const args = ['restore', `documents@${first}`, 'letters/march', '--to', to, '--yes'];
      backup.expectCode(0, backup.sandbox.nbkp(...args));
      expect(readFileSync(join(to, 'letters/march'), 'utf8')).toBe('first');
      expect(attributesOf(join(to, 'letters'))).toContain('user:12:rw-');
    });
  });
}

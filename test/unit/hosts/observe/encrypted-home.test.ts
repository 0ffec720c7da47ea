import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encryptionOf } from '../../../../src/hosts/observe/encrypted-home.ts';
import { makeTempDir } from '../../../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

const ROOT = '/dev/sda2 / ext4 rw 0 0\n';
const UNITS = '/home/ada/.config/systemd/user';
const encryption = (mounts: string): string | null => encryptionOf(UNITS, 'ada', '/home/ada', ROOT + mounts);

describe('the encryption of a home folder (home-encrypted)', () => {
  it.each([
    ['', null],
    ['/dev/mapper/luks-1 /home ext4 rw 0 0\n', null],
    ['/home/ada/.Private /home/ada ecryptfs rw 0 0\n', 'ecryptfs'],
    ['gocryptfs /home/ada fuse.gocryptfs rw 0 0\n', 'gocryptfs'],
    ['/dev/mapper/home-ada /home/ada btrfs rw 0 0\n', 'systemd-homed'],
    ['/home/bob/.Private /home/bob ecryptfs rw 0 0\n', null],
    ['x /home/ada/Private fuse.encfs rw 0 0\n', null],
  ])('is read from %j as %s', (mounts, expected) => expect(encryption(mounts)).toBe(expected));

  it('is that of systemd-homed where that keeps its record there', () => {
    writeFileSync(join(dir.path, '.identity'), '{}');
    expect(encryptionOf(UNITS, 'ada', dir.path, ROOT)).toBe('systemd-homed');
  });
});

import { describe, expect, it } from 'vitest';
import { fileSystemOf, fileSystemOfType } from '../../../../src/planner/file-systems/of.ts';
import { FILE_SYSTEMS } from '../../../../src/planner/file-systems/table.ts';

const options = ['rw', 'relatime', 'user_id=0', 'group_id=0', 'allow_other', 'blksize=4096'];

describe('what a file system can hold is known', () => {
  it.each([
    ['vfat', 'ABCD-1234', 'vfat'],
    ['exfat', 'ABCD-1234', 'exfat'],
    ['fuseblk', 'EFFF-69AE', 'exfat-fuse'],
    ['fuseblk', '6E5DD01E3082793B', 'ntfs-3g'],
    ['ext3', null, 'ext4 128'],
    ['xfs', null, 'xfs'],
  ] as const)('of %s with the UUID %s, as of %s', (fsType, uuid, driver) => {
    expect(fileSystemOf({ fsType, uuid, options })).toBe(FILE_SYSTEMS[driver]);
  });

  it('of ntfs-3g by whether it heeds permissions', () => {
    const mount = { fsType: 'fuseblk', uuid: '6E5DD01E3082793B', options: [...options, 'default_permissions'] };
    expect(fileSystemOf(mount)).toBe(FILE_SYSTEMS['ntfs-3g permissions']);
  });

  it.each([
    ['cifs', [], 'cifs'],
    ['smb3', [], 'cifs'],
    ['cifs', ['mfsymlinks'], 'cifs mfsymlinks'],
    ['fuse.sshfs', [], 'fuse.sshfs'],
  ] as const)('of a folder of a server: %s with %j', (fsType, more, driver) => {
    expect(fileSystemOf({ fsType, uuid: null, options: [...options, ...more] })).toBe(FILE_SYSTEMS[driver]);
  });

  it('not of a server that has the extensions for Unix', () => {
    expect(fileSystemOf({ fsType: 'cifs', uuid: null, options: [...options, 'unix'] })).toBeNull();
  });

  it.each(['nfs4', 'fuse.rclone', 'fuseblk', 'overlay', '', 'toString'])('not of %s', (fsType) => {
    expect(fileSystemOf({ fsType, uuid: null, options })).toBeNull();
    expect(fileSystemOfType(fsType)).toBeNull();
  });

  it('not of no mount', () => {
    expect(fileSystemOf(null)).toBeNull();
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isWithin } from '../../planner/model/paths.ts';
import { codeOf } from '../../planner/model/system-error.ts';

/** File systems that show what is encrypted below them once somebody has logged in. */
const STACKED = ['ecryptfs', 'fuse.encfs', 'fuse.gocryptfs'];

/**
 * What encrypts a folder until its user logs in: systemd-homed, eCryptfs and their kin. A home on a disk that is unlocked at
 * the start of the machine counts as not encrypted, and so does one of fscrypt, which the mount table does not tell.
 *
 * @param mounts of proc(5), /proc/self/mounts
 * @returns its name for people; null where nothing does
 */
export function encryptionOf(folder: string, user: string, home: string, mounts = mountsHere()): string | null {
  if (existsSync(join(home, '.identity')) || existsSync(`/home/${user}.homedir`)) return 'systemd-homed';
  const holder = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, target = '']) => target !== '' && isWithin(folder, target))
    .reduce<string[] | null>(
      (longest, mount) => ((longest?.[1] ?? '').length <= (mount[1] ?? '').length ? mount : longest),
      null,
    );
  const [source = '', , fsType = ''] = holder ?? [];
  if (STACKED.includes(fsType)) return fsType.replace('fuse.', '');
  return source === `/dev/mapper/home-${user}` ? 'systemd-homed' : null;
}

function mountsHere(): string {
  try {
    return readFileSync('/proc/self/mounts', 'utf8');
  } catch (error) {
    // Another system than Linux.
    codeOf(error);
    return '';
  }
}

import { without } from '../../mounts/mounted-within.ts';
import { openDirectories } from '../snapshot/common.ts';

/**
 * Pieces of files that the source no longer has are protected from rsync, and no part of a copy. Folders that this user
 * may not enter or write to are opened first; the pass that follows gives them the modes that they have in the source.
 *
 * @param mounts what is mounted in there and stays as it is
 */
export function forgetPartialFiles(path: string, mounts: readonly string[] = []): string[][] {
  const partial = ['-type', 'd', '-name', '.rsync-partial', '-prune', '-exec', 'rm', '-rf', '{}', '+'];
  return [openDirectories([path], mounts), ['find', path, ...without(mounts), ...partial]];
}

/**
 * Removes every file that has another link. Those are of an older snapshot, and a transfer into the folder would change owner,
 * mode and time there too. Linking them again costs next to nothing.
 */
export function unlinkShared(path: string): string[][] {
  return [openDirectories([path]), ['find', path, '!', '-type', 'd', '-links', '+1', '-exec', 'rm', '-f', '{}', '+']];
}

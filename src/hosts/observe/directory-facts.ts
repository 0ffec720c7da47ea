import type { DirectoryFacts, MountFacts } from '../../planner/model/facts.ts';
import { withoutDoubleSlashes, type DirectoryAnswer } from './parse-answer.ts';

const FILE_TYPE = 0o170000;
const DIRECTORY = 0o040000;
/** Of the root of every btrfs subvolume (btrfs-subvolume(8)). */
const SUBVOLUME_INODE = '256';

/**
 * A directory from what the probe's `test`, `stat` and `stat -f` said.
 *
 * @returns null when there is none, or when it went away meanwhile
 */
export function directoryFacts(
  answer: DirectoryAnswer,
  mountOf: (path: string) => MountFacts | null,
): DirectoryFacts | null {
  const { stat, statfs, writable, occupied, lostFound } = answer;
  const realPath = withoutDoubleSlashes(answer.realPath);
  if (realPath === '' || stat === null || statfs === null) return null;
  const [device = '', inode = '', mode = '', owner] = stat.split(' ');
  if ((Number.parseInt(mode, 16) & FILE_TYPE) !== DIRECTORY) return null;
  const [available = 0, blocks = 0, inodes = 0, freeInodes = 0, blockSize = 0] = statfs.split(' ').map(Number);
  const mount = mountOf(realPath);
  return {
    realPath,
    device,
    inode,
    ...(owner === undefined ? {} : { owner }),
    // Some shells let root write everywhere.
    writable: writable && mount?.options.includes('ro') !== true,
    empty: !occupied,
    ...(lostFound ? { newFileSystem: true as const } : {}),
    subvolume: mount?.fsType === 'btrfs' && inode === SUBVOLUME_INODE,
    mount,
    freeBytes: available * blockSize,
    totalBytes: blocks * blockSize,
    freeInodes: inodes === 0 ? null : freeInodes,
  };
}

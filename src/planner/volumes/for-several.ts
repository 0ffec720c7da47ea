import type { DirectoryFacts } from '../model/facts.ts';
import { endpointKey, type Policy } from '../model/spec.ts';
import type { Known } from '../model/known.ts';
import { deviceOf, machineAt } from './place.ts';

const IN_MEMORY = ['tmpfs', 'ramfs'];

/**
 * Whether several syncs may work on the drive of a directory at once: it does not rotate, so that going to and fro costs
 * nothing. One after the other where that is not known, and where room is counted before each copy: what several copies
 * that run at once will need together nobody knows.
 */
export function isForSeveral(
  { mount }: Pick<DirectoryFacts, 'mount'>,
  policy: Pick<Policy, 'minFree' | 'pruneFirst'>,
): boolean {
  if (mount === null || !mayBearSeveral({ mount }, policy)) return false;
  // btrfs says itself whether each of its disks is such a one; the mount table names only one of them (btrfs(5)).
  if (mount.fsType === 'btrfs' && !mount.options.some((option) => SSD.includes(option))) return false;
  return IN_MEMORY.includes(mount.fsType) || mount.rotates === false;
}

/** Whether that is so as far as is known: several comparisons may read from it at once, if only one sync writes. */
export function mayBearSeveral(
  { mount }: Pick<DirectoryFacts, 'mount'>,
  { minFree, pruneFirst }: Pick<Policy, 'minFree' | 'pruneFirst'>,
): boolean {
  return mount !== null && mount.rotates !== true && minFree === null && pruneFirst !== true;
}

const SSD = ['ssd', 'ssd_spread'];

/** The drives that a comparison, which only reads, keeps to itself: those of which it is known that they rotate. */
export function rotatingDrives({ spec, facts }: Known, name: string): string[] {
  const sync = spec.syncs[name];
  const ends = sync === undefined ? [] : [sync.source, sync.destination];
  const drives = ends.flatMap((end) => {
    const directory = facts.endpoints[endpointKey(end)]?.directory;
    return directory?.mount?.rotates === true ? deviceOf(machineAt({ spec, facts }, end.volume), directory) : [];
  });
  return [...new Set(drives)];
}

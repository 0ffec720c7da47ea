import type { DirectoryFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import { failure, success, type Result } from '../model/result.ts';
import type { Destination } from './destinations.ts';
import {
  destinationAmbiguous,
  destinationNotFound,
  initNeedsDestination,
  noDestinationFound,
  nothingToBackUp,
  sourceOnNetwork,
} from '../model/findings/first-spec.ts';

const NETWORK = ['nfs', 'nfs4', 'cifs', 'smb3', 'fuse.sshfs', 'ceph', 'glusterfs', '9p', 'afs'];

/**
 * The destination, where nobody is asked: the one that was named, or else the only drive that can be taken away again.
 *
 * @param named whether `destinations` are those that `--to` names
 */
export function chosenDestination(
  destinations: readonly Destination[],
  named: string | undefined,
): Result<Destination> {
  if (named !== undefined) {
    const [first, second] = destinations;
    if (first === undefined) return failure(destinationNotFound(named));
    const places = destinations.map(({ where }) => where);
    return second === undefined
      ? usable(first)
      : failure(destinationAmbiguous(named, places, first.words.at(-1) ?? 'DEVICE'));
  }
  const [drive, ...others] = destinations.filter(({ removable, problem }) => removable && problem === null);
  if (drive !== undefined && others.length === 0) return success(drive);
  return failure(destinations.length === 0 ? noDestinationFound() : initNeedsDestination(destinations.map(wordOf)));
}

/** A destination that was chosen, if it can be used. */
export function usable(destination: Destination): Result<Destination> {
  const { problem } = destination;
  return problem === null ? success(destination) : failure(problem);
}

/** Where every destination has its problem. */
export function noneUsable(destinations: readonly Destination[]): Result<Destination> {
  return failure(...destinations.flatMap((each) => usable(each).findings));
}

function wordOf({ title, where }: Destination): string {
  return title === where ? title : `${title} (${where})`;
}

/** What is to be said about the folder that is backed up. An error when there is none. */
export function sourceRemarks(path: string, directory: DirectoryFacts | null): Finding[] {
  if (directory === null) return [nothingToBackUp(path)];
  const { fsType = '', source = '' } = directory.mount ?? {};
  return NETWORK.includes(fsType) ? [sourceOnNetwork(path, fsType, source)] : [];
}

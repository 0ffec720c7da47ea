import type { DirectoryFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import { failure, success, type Result } from '../model/result.ts';
import type { Destination } from './destinations.ts';

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
    if (first === undefined) return failure(notFound(named));
    return second === undefined ? usable(first) : failure(ambiguous(named, destinations));
  }
  const [drive, ...others] = destinations.filter(({ removable, problem }) => removable && problem === null);
  if (drive !== undefined && others.length === 0) return success(drive);
  const help = 'Name one: nbkp init --yes --to DRIVE|HOST|FOLDER';
  if (destinations.length === 0) return failure(nothingFound());
  return failure({
    severity: 'error',
    code: 'init-needs-answers',
    message: `Nobody can be asked here where the backups should go: ${destinations.map(wordOf).join(', ')}.`,
    help,
  });
}

/** A destination that was chosen, if it can be used. */
export function usable(destination: Destination): Result<Destination> {
  const { problem } = destination;
  return problem === null ? success(destination) : failure({ severity: 'error', ...problem });
}

/** Where every destination has its problem. */
export function noneUsable(destinations: readonly Destination[]): Result<Destination> {
  return failure(...destinations.flatMap((each) => usable(each).findings));
}

export function nothingFound(): Finding {
  return {
    severity: 'error',
    code: 'no-destination-found',
    message: 'Nothing to back up to was found: no drive is plugged in, and ~/.ssh/config names no server.',
    help: 'Plug a drive in and try again, or name a folder of another drive: nbkp init --to FOLDER',
  };
}

function notFound(named: string): Finding {
  return {
    severity: 'error',
    code: 'no-destination-found',
    message: `No drive that is plugged in and no host in ~/.ssh/config is called ${named}.`,
    help: 'nbkp init without --to lists what there is; lsblk -f shows labels and UUIDs. A folder begins with / or ./',
  };
}

function ambiguous(named: string, destinations: readonly Destination[]): Finding {
  return {
    severity: 'error',
    code: 'init-needs-answers',
    message: `Several are called ${named}: ${destinations.map(({ where }) => where).join(', ')}.`,
    help: `Name it by its device or UUID: --to ${destinations[0]?.words.at(-1) ?? 'DEVICE'}`,
  };
}

function wordOf({ title, where }: Destination): string {
  return title === where ? title : `${title} (${where})`;
}

/** What is to be said about the folder that is backed up. An error when there is none. */
export function sourceRemarks(path: string, directory: DirectoryFacts | null): Finding[] {
  if (directory === null) {
    const help = 'Name another folder with --source, or create it.';
    const message = `There is no folder ${path} to back up.`;
    return [{ severity: 'error', code: 'source-missing', message, help }];
  }
  const { fsType = '', source = '' } = directory.mount ?? {};
  if (!NETWORK.includes(fsType)) return [];
  const message = `${path} is on ${fsType} (${source}): every backup reads all of it through the network.`;
  const help =
    'Better back it up on the machine that holds it, where root can read every file. If that is not possible, go on.';
  return [{ severity: 'warning', code: 'source-on-network', message, help }];
}

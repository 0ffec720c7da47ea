import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { EndpointFacts, LatestFacts } from '../../planner/model/facts.ts';
import { systemError } from '../../planner/model/system-error.ts';
import { withHome } from '../home.ts';

/**
 * As much of a destination on this machine as choosing a snapshot takes, without a process: for completion. Null when it
 * is not there.
 *
 * @param volume absolute, or beginning with `~`
 */
export function destinationAt(volume: string, subdir: string): EndpointFacts | null {
  const path = join(withHome(volume), subdir);
  try {
    const mark = lstatSync(join(path, '.nbkp-dst'), { throwIfNoEntry: false });
    const sentinels = { source: false, destination: mark?.isFile() === true };
    if (!sentinels.destination) return null;
    return {
      path,
      directory: null,
      sentinels,
      latest: latestIn(path),
      ...snapshotsIn(path),
      staging: null,
      leftovers: [],
    };
  } catch (error) {
    systemError(error);
    return null;
  }
}

function snapshotsIn(path: string): Pick<EndpointFacts, 'snapshots'> {
  const folder = join(path, 'snapshots');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return { snapshots: null };
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return { snapshots: Object.fromEntries(entries.map(({ name }) => [name, { kind: 'directory' as const }])) };
}

function latestIn(path: string): LatestFacts {
  const link = join(path, 'latest');
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return { kind: 'absent' };
  const target = readlinkSync(link);
  const [, name] = /^snapshots\/([^/]+)$/.exec(target) ?? [];
  return name === undefined ? { kind: 'foreign', target } : { kind: 'snapshot', name };
}

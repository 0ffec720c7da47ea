import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseSnapshotName } from '../../planner/retention/names.ts';
import { systemError } from '../../planner/model/system-error.ts';

/**
 * Names in the `snapshots/` of a folder of this machine, sorted; none when it is not there.
 *
 * @param volume absolute, or beginning with `~`
 */
export function snapshotsAt(volume: string, subdir: string): string[] {
  try {
    const names = readdirSync(join(volume.replace(/^~(?=\/|$)/, homedir()), subdir, 'snapshots'));
    return names.filter((name) => parseSnapshotName(name) !== null).sort();
  } catch (error) {
    systemError(error);
    return [];
  }
}

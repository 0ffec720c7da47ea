import { dirname, relative, resolve } from 'node:path';
import { LOCAL_HOST, volumeNamed, type Sync } from '../planner/model/spec.ts';
import type { Known } from '../planner/model/known.ts';
import { realPath } from '../store/history.ts';

export { writeScriptFile } from '../store/document-files.ts';

/**
 * The ways from the folder of a script to the volumes that it is to find so, by name. One with `mount` is found by its UUID,
 * and one on a server by its path there.
 *
 * @param file where the script will be
 */
export function waysFromScript(
  { spec, facts }: Known,
  syncs: readonly Sync[],
  file: string,
  sides: { source: boolean; destination: boolean },
): Map<string, string> {
  const folder = realPath(dirname(resolve(file)));
  const ends = syncs.flatMap((sync) => [
    ...(sides.source ? [sync.source.volume] : []),
    ...(sides.destination ? [sync.destination.volume] : []),
  ]);
  const ways = ends.flatMap((name): [string, string][] => {
    const path = facts.volumes[name]?.directory?.realPath;
    const { mount, host } = volumeNamed(spec, name);
    const isFound = path === undefined || mount !== null || host !== LOCAL_HOST;
    return isFound ? [] : [[name, relative(folder, path) || '.']];
  });
  return new Map(ways);
}

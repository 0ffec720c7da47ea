import { isBelow } from '../model/paths.ts';
import type { Facts, VolumeFacts } from '../model/facts.ts';
import type { Endpoint, Spec, Volume } from '../model/spec.ts';

/** `absent`: not here now, which is normal for a nomad. `unprepared`: here, and without a mark that it should have. */
export type Absence = 'absent' | 'unprepared';

/**
 * What a volume is that is there without its `.nbkp-vol`. Nobody may be led to mark the bare mountpoint of an absent drive,
 * so an empty folder counts as one, unless a file system is mounted there or the volume was marked on this one before.
 *
 * @param before where its file system was mounted last time (`lastMount`)
 */
export function unmarkedVolume(volume: Volume, { directory }: VolumeFacts, before: string | null): Absence {
  // No drive is mounted there.
  if (volume.marksOnly === true) return 'unprepared';
  if (directory === null) return 'absent';
  const now = directory.mount?.target ?? null;
  if (volume.mount !== null || now === directory.realPath) return 'unprepared';
  if (before !== null && now !== null && isBelow(before, now)) return 'absent';
  return !directory.empty || (before !== null && before === now) ? 'unprepared' : 'absent';
}

/** Where the file system of a volume was mounted when a sync last read it or wrote to it with success; null: not known. */
export function lastMount(spec: Spec, facts: Facts, volume: string): string | null {
  const path = facts.volumes[volume]?.directory?.realPath;
  const targets = lastMountOf(spec, facts, (endpoint) => endpoint.volume === volume);
  // What is mounted further down says nothing of the volume itself.
  return targets.find((target) => path === undefined || !isBelow(target, path)) ?? null;
}

/** Where ends of syncs were mounted at the last success, the newest first. */
export function lastMountOf(
  { syncs }: Spec,
  { history }: Pick<Facts, 'history'>,
  isMeant: (endpoint: Endpoint) => boolean,
): string[] {
  const seen = Object.values(syncs).flatMap(({ name, source, destination }) => {
    const last = history[name]?.lastSuccess;
    if (last == null) return [];
    return [
      { at: last.at, endpoint: destination, target: last.mountTarget },
      { at: last.at, endpoint: source, target: last.sourceMountTarget ?? null },
    ];
  });
  return seen
    .filter(({ endpoint }) => isMeant(endpoint))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .flatMap(({ target }) => target ?? []);
}

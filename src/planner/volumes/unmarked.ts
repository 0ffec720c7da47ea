import type { Facts, VolumeFacts } from '../model/facts.ts';
import type { Spec, Volume } from '../model/spec.ts';

/** `absent`: not here now, which is normal for a nomad. `unprepared`: here, and without a mark that it should have. */
export type Absence = 'absent' | 'unprepared';

/**
 * What a volume is that is there without its `.nbkp-vol`. Nobody may be led to mark the bare mountpoint of an absent drive,
 * so an empty folder counts as one, unless a file system is mounted there or the volume was marked on this one before.
 *
 * @param before where its file system was mounted last time (`lastMount`)
 */
export function unmarkedVolume(volume: Volume, { directory }: VolumeFacts, before: string | null): Absence {
  if (directory === null) return 'absent';
  const now = directory.mount?.target ?? null;
  if (volume.mount !== null || now === directory.realPath) return 'unprepared';
  if (before !== null && now !== null && isInside(before, now)) return 'absent';
  return !directory.empty || (before !== null && before === now) ? 'unprepared' : 'absent';
}

/** Where the file system of a volume was mounted when a sync last read it or wrote to it with success; null: not known. */
export function lastMount({ syncs }: Spec, { history, volumes }: Facts, volume: string): string | null {
  const path = volumes[volume]?.directory?.realPath;
  const seen = Object.values(syncs).flatMap(({ name, source, destination }) => {
    const last = history[name]?.lastSuccess;
    if (last == null) return [];
    return [
      { at: last.at, volume: destination.volume, target: last.mountTarget },
      { at: last.at, volume: source.volume, target: last.sourceMountTarget ?? null },
    ];
  });
  const targets = seen
    .filter((each) => each.volume === volume)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .flatMap(({ target }) => target ?? [])
    // What is mounted further down says nothing of the volume itself.
    .filter((target) => path === undefined || !isInside(target, path));
  return targets[0] ?? null;
}

export function isInside(path: string, folder: string): boolean {
  return path !== folder && path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

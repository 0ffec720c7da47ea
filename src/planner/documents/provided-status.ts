import { storeRoom } from '../kinds/stored/room.ts';
import { storeTrouble } from '../kinds/stored/trouble.ts';
import type { VolumeStatus } from '../model/documents.ts';
import { endpointKey, type ProvidedVolume } from '../model/spec.ts';
import type { Known } from '../model/known.ts';

/**
 * Volumes, and after them those that executors provide, as far as the ones are among them that they lie on, or that hold their marks: what
 * only holds marks is nothing by itself.
 */
export function withProvided(
  about: Known,
  volumes: readonly VolumeStatus[],
  pace: ReadonlyMap<string, number> = new Map(),
): VolumeStatus[] {
  const provided = Object.values(about.spec.provided ?? {}).flatMap((each) => {
    const below = volumes.find(({ name }) => name === (each.on?.volume ?? each.name));
    return below === undefined ? [] : [providedStatus(about, each, below, pace.get(each.name) ?? null)];
  });
  return [...volumes.filter(({ name }) => about.spec.provided?.[name] === undefined), ...provided];
}

/** It is there when that is there which it lies on, and its executor says nothing else of one of its histories. */
function providedStatus(
  { spec, facts }: Known,
  { name, executor, on }: ProvidedVolume,
  below: VolumeStatus,
  pace: number | null,
): VolumeStatus {
  const { path, available, reason, code, absence } = below;
  const histories = Object.values(spec.syncs).flatMap((sync) => {
    const there = facts.endpoints[endpointKey(sync.destination)];
    return sync.stored?.volume === name && there?.stored !== undefined ? [{ sync, there }] : [];
  });
  const trouble = available ? histories.flatMap(({ sync, there }) => storeTrouble(sync, there) ?? [])[0] : undefined;
  const room = histories.flatMap(({ there }) => storeRoom(there) ?? [])[0];
  return {
    name,
    path: path === null || on === null ? null : `${path}/${on.subdir}`,
    available: available && trouble === undefined,
    ...(reason === undefined ? {} : { reason }),
    ...(code === undefined ? {} : { code }),
    ...(absence === undefined ? {} : { absence }),
    ...(trouble === undefined ? {} : { reason: trouble.message, code: trouble.code }),
    ...(trouble?.severity === 'info' ? { absence: 'absent' as const } : {}),
    fsType: null,
    freeBytes: room?.freeBytes ?? null,
    totalBytes: room?.totalBytes ?? null,
    writtenPerDay: pace,
    daysLeft: pace === null || pace === 0 || room === undefined ? null : Math.floor(room.freeBytes / pace),
    provided: { executor, on: on === null ? null : endpointKey(on) },
  };
}

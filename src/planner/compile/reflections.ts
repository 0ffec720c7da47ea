import { mountReachesDestination, mountReachesSource, mountReflects } from '../model/findings/overlaps.ts';
import type { Remark } from '../model/finding.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import { hasFlag } from '../model/rsync-flags.ts';
import { exclusionsOf } from '../spec/filters/excludes.ts';
import { contains, machineAt, placeOf, type Place } from '../volumes/place.ts';
import type { KnownEndpoint, Reached } from './draft.ts';

type Comparable = Reached & { source?: KnownEndpoint };

interface Reflection {
  /** The syncs that it stops. */
  drafts: Comparable[];
  remark: Remark;
}

/** A directory of a sync, and where it is. */
interface End {
  draft: Comparable;
  key: string;
  host: string;
  place: Place;
  observed: KnownEndpoint;
}

/** A mount below one end that shows what is around, in or at another. */
interface Meeting {
  outer: End;
  inner: End;
  /** The mount point. */
  target: string;
  /** The mount point within the outer end. */
  at: string;
  /** Where the inner one, or the part of it that is shown, is within the outer end; and that part within the inner one. */
  inside: string;
  part: string;
}

/** rsync stays in the file system in which it begins. */
export function crossesNoMounts(sync: Sync): boolean {
  return hasFlag(sync.rsync, 'x', '--one-file-system');
}

/**
 * Mounts that show one place under a second name: a destination that is mounted into a source would be copied into
 * itself, and what is mounted into a destination is within reach of what deletes there.
 */
export function reflections(drafts: readonly Comparable[]): Reflection[] {
  const sources = drafts.flatMap((draft) => (draft.source === undefined ? [] : [endOf(draft, 'source', draft.source)]));
  const destinations = drafts
    .filter(({ input, sync }) => input.spec.volumes[sync.destination.volume]?.marksOnly !== true)
    .map((draft) => endOf(draft, 'destination', draft.destination));
  const walking = (ends: readonly End[]): End[] => ends.filter(({ draft }) => !crossesNoMounts(draft.sync));
  const copied = meetings(walking(sources), destinations).filter(({ outer, inside }) => !isLeftOut(outer, inside));
  const written = walking(destinations);
  const reached = meetings(written, sources).filter(({ inner, part }) => !isLeftOut(inner, part));
  return [
    ...copied.map((meeting) => found(meeting, mountReflects(named(meeting)))),
    ...reached.filter(isWritten).map((meeting) => found(meeting, mountReachesSource(named(meeting)))),
    ...meetings(written, destinations)
      .filter(isWritten)
      .map((meeting) => found(meeting, mountReachesDestination(named(meeting)))),
  ];
}

function found({ outer, inner }: Meeting, remark: Remark): Reflection {
  return { drafts: [outer.draft, inner.draft], remark };
}

function named({ outer, inner, target, inside }: Meeting): Parameters<typeof mountReflects>[0] {
  return { outer: outer.key, inner: inner.key, target, inside };
}

function isLeftOut({ draft }: End, path: string): boolean {
  return path !== '' && exclusionsOf(draft.sync.filters)(path) !== null;
}

/** With snapshots nothing else of a destination is written. */
function isWritten({ outer, at }: Meeting): boolean {
  return outer.draft.sync.snapshots.mode === 'none' || /^(?:snapshots|staging)(?:\/|$)/.test(at);
}

function endOf(draft: Comparable, role: 'source' | 'destination', observed: KnownEndpoint): End {
  const endpoint = draft.sync[role];
  const host = machineAt(draft.input, endpoint.volume);
  return { draft, key: endpointKey(endpoint), host, place: placeOf(host, observed.directory), observed };
}

function meetings(outers: readonly End[], inners: readonly End[]): Meeting[] {
  const byDevice = new Map<string, End[]>();
  for (const inner of inners) {
    const others = byDevice.get(inner.place.device);
    if (others === undefined) byDevice.set(inner.place.device, [inner]);
    else others.push(inner);
  }
  return outers.flatMap((outer) =>
    (outer.observed.mounts ?? []).flatMap(({ device, mount }): Meeting[] => {
      const { target } = mount;
      const shown = placeOf(outer.host, { device, mount, realPath: target });
      const root = outer.observed.directory.realPath;
      const at = target.slice(root === '/' ? 1 : root.length + 1);
      // What is mounted onto itself has no second name.
      if (shown.device === outer.place.device && shown.path === `${outer.place.path}${at}/`) return [];
      return (byDevice.get(shown.device) ?? []).flatMap((inner) => {
        if (contains(shown, inner.place)) {
          const inside = `${at}/${inner.place.path.slice(shown.path.length)}`.replace(/\/$/, '');
          return [{ outer, inner, target, at, inside, part: '' }];
        }
        const part = shown.path.slice(inner.place.path.length, -1);
        return contains(inner.place, shown) ? [{ outer, inner, target, at, inside: at, part }] : [];
      });
    }),
  );
}

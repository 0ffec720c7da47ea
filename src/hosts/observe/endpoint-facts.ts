import type {
  DirectoryFacts,
  EndpointFacts,
  FolderIdentity,
  LatestFacts,
  MountFacts,
  SnapshotEntry,
} from '../../planner/model/facts.ts';
import { directoryFacts } from './directory-facts.ts';
import { identityFacts } from './identity-facts.ts';
import { notMark, withoutDoubleSlashes, type EndpointAnswer } from './parse-answer.ts';

/**
 * An endpoint from what the probe said.
 *
 * @param inode256 the directories with this inode number in any `snapshots/`, as absolute paths
 */
export function endpointFacts(
  answer: EndpointAnswer,
  mountOf: (path: string) => MountFacts | null,
  inode256: ReadonlySet<string>,
): EndpointFacts {
  const { path, sentinels, sentinelStats, leftovers, latest, snapshots } = answer;
  const identity = answer.directory.realPath === '' ? null : identityFacts(answer.said);
  const below = withoutDoubleSlashes(`${path}/snapshots/`);
  const onBtrfs = mountOf(`${answer.directory.realPath}/snapshots`)?.fsType === 'btrfs';
  const entry = (name: string) => snapshotEntry(name, onBtrfs && inode256.has(below + name.slice(1)));
  const directory = directoryFacts(answer.directory, (at) => {
    const mount = mountOf(at);
    return mount !== null && answer.inCapitals ? { ...mount, folds: true } : mount;
  });
  const folder = snapshots === null || answer.snapshotsLink ? null : folderIdentity(answer.snapshotsStat, directory);
  return {
    path,
    directory,
    sentinels,
    ...(answer.notFolder && { notFolder: true as const }),
    ...noMarks(answer.said),
    ...(identity === null ? {} : { identity }),
    nanoseconds: { source: hasFraction(sentinelStats.source), destination: hasFraction(sentinelStats.destination) },
    latest: latestFacts(latest),
    // `fromEntries`, because a name such as `__proto__` is a key like any other.
    snapshots: snapshots && Object.fromEntries(snapshots.map((name) => [name.slice(1), entry(name)])),
    staging: directoryFacts(answer.staging, mountOf),
    leftovers,
    ...(folder === null ? {} : { snapshotsFolder: folder }),
    ...(answer.sourceFolderLink ? { sourceFolderLink: true as const } : {}),
    ...(answer.snapshotsLink ? { snapshotsLink: true as const } : {}),
    ...(answer.snapshotsReadOnly ? { snapshotsReadOnly: true as const } : {}),
  };
}

function noMarks({ source, destination }: EndpointAnswer['said']): Pick<EndpointFacts, 'notMarks'> {
  const [src, dst] = [notMark(source), notMark(destination)];
  return src === undefined && dst === undefined
    ? {}
    : { notMarks: { ...(src && { source: src }), ...(dst && { destination: dst }) } };
}

/** @param stat ends with `%y`: `2026-11-29 10:00:00.123456789 +0000` */
function hasFraction(stat: string | null): boolean {
  return stat !== null && /\.\d*[1-9]\d*(?: |$)/.test(stat);
}

function folderIdentity(stat: string | null, around: DirectoryFacts | null): FolderIdentity | null {
  const [device, inode, , owner] = stat?.split(' ') ?? [];
  if (inode === undefined || owner === undefined) return null;
  return { inode, owner, ...(device === around?.device ? {} : { apart: true as const }) };
}

function snapshotEntry(answer: string, isSubvolume: boolean): SnapshotEntry {
  if (answer.startsWith('d')) return { kind: isSubvolume ? 'subvolume' : 'directory' };
  if (answer.startsWith('l')) return { kind: 'symlink' };
  return { kind: answer.startsWith('f') ? 'file' : 'other' };
}

function latestFacts(answer: string): LatestFacts {
  if (answer === '') return { kind: 'absent' };
  if (answer === 'x') return { kind: 'foreign', target: null };
  const target = answer.slice(1);
  if (target === '/dev/null') return { kind: 'none-yet' };
  const [, name] = /^snapshots\/([^/]+)$/s.exec(target) ?? [];
  return name === undefined || name === '.' || name === '..' ? { kind: 'foreign', target } : { kind: 'snapshot', name };
}

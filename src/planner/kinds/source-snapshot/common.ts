import type { SourceSnapshot, SourceSnapshotInput } from '../../model/executor.ts';
import type { DirectoryFacts, EndpointFacts, InnerMount } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import { hasFlag } from '../../model/rsync-flags.ts';
import { endpointKey, type Filter, type Sync } from '../../model/spec.ts';
import { plannedStep, type Step } from '../../model/step.ts';
import { exclusionsOf } from '../../spec/filters/excludes.ts';
import { SNAPSHOT_VERSION } from '../snapshot/common.ts';
import { sourceFolderLinked, sourceSnapshotUnprepared } from '../../model/findings/source-snapshots.ts';
import { FOLDER, type Whole } from './commands.ts';

export const WHAT_IS_LEFT = 'what an interrupted run may have left there is removed first; ';
export const FOR_THIS_TRANSFER = 'it was made for this transfer';

/** Recorded facts may lack the answers. */
export function isAnswered({ isKnown: isSeen, facts }: SourceSnapshotInput): boolean {
  return isSeen && (facts.basis === 'observed' || facts.answers !== undefined);
}

export function stopped(sync: Sync, finding: Finding): SourceSnapshot {
  return { make: [], remove: [], path: '', findings: [{ volume: sync.source.volume, ...finding }] };
}

/** Whether rsync enters neither mounts nor subvolumes. */
export function staysApart({ rsync }: Sync): boolean {
  return hasFlag(rsync, 'x', '--one-file-system');
}

export function wholeOf(sync: Sync): Whole | null {
  return staysApart(sync) ? null : { endpoint: endpointKey(sync.source), filters: sync.filters };
}

/** What is mounted in a source, but for what the filters leave out: a snapshot has an empty folder in its place. */
export function mountsRead(
  filters: readonly Filter[],
  { directory, mounts = [] }: EndpointFacts & { directory: DirectoryFacts },
): InnerMount[] {
  const isLeftOut = leftOut(filters, directory.realPath);
  return mounts.filter(({ mount }) => !isLeftOut(mount.target));
}

/** Says of a path in the source, whose real path is `root`, whether the filters leave it out. */
export function leftOut(filters: readonly Filter[], root: string): (path: string) => boolean {
  const excluded = exclusionsOf(filters);
  return (path) => excluded(path.slice(root === '/' ? 1 : root.length + 1)) !== null;
}

/** Why no temporary snapshot can lie in the folder for them; null where one can. */
export function noFolder({ path, leftovers, sourceFolderLink }: EndpointFacts, { source }: Sync): Finding | null {
  const about = { path, volume: source.volume };
  if (sourceFolderLink === true) return sourceFolderLinked(about);
  return leftovers.includes(FOLDER) ? null : sourceSnapshotUnprepared(about);
}

type Work = Pick<Step, 'summary' | 'reason' | 'commands'> & { params: { kind: string } & object };

export function sourceStep({ sync, hostId }: SourceSnapshotInput, executor: string, work: Work): Step {
  const { params, ...words } = work;
  const actions: Record<string, Step['action']> = { 'source-snapshot': 'acquire', 'source-release': 'release' };
  return plannedStep({
    id: `${params.kind}:${sync.name}`,
    kind: params.kind,
    executor: { name: executor, version: SNAPSHOT_VERSION },
    sync: sync.name,
    volume: sync.source.volume,
    host: hostId,
    action: actions[params.kind] ?? 'run',
    ...words,
    params: { ...params },
  });
}

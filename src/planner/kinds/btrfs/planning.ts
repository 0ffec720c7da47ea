import { classifySnapshots } from '../../retention/classify.ts';
import type { ExecutorPlanning, HistoryPlanning, SyncPlanning, TransferTarget } from '../../model/executor.ts';
import type { EndpointFacts, MountFacts } from '../../model/facts.ts';
import type { Finding, Remark } from '../../model/finding.ts';
import { fileSystemOf } from '../../file-systems/of.ts';
import { snapshotPlaceholder } from '../../model/step.ts';
import {
  inSnapshots,
  latestToNone,
  mountedInTarget,
  latestCommands,
  markCommand,
  removeLinks,
  SNAPSHOT_VERSION,
  snapshotStep,
  unprepared,
  type SnapshotParams,
} from '../snapshot/common.ts';
import * as destinations from '../../model/findings/destinations.ts';
import { nothingMounted } from '../../mounts/mounted-within.ts';
import { planPrune, historyCommands } from '../prune/planning.ts';
import { cleanUpSource, planSource, prepareSource, questionsAboutSource } from '../source-snapshot/btrfs.ts';
import { isSourceSnapshot, sourceSnapshotCommands } from '../source-snapshot/commands.ts';

/**
 * Read-only btrfs snapshots: of the subvolume `staging/`, into which the transfer writes, and temporary ones of a source, from
 * which it reads.
 */
export const btrfsPlanning: ExecutorPlanning<'snapshot' | 'prune' | 'source-snapshot' | 'source-release'> = {
  name: 'btrfs',
  version: SNAPSHOT_VERSION,
  kinds: ['snapshot', 'prune', 'source-snapshot', 'source-release'],
  snapshots: {
    target,
    unsupported,
    snapshot: (input) => ({
      steps: [snapshotStep(input, { executor: 'btrfs', copy: 'staging' }, snapshotCommands)],
      findings: [],
    }),
    prune: (input, upcoming) => {
      const planned = planPrune(input, upcoming, 'btrfs');
      return {
        ...planned,
        findings: [...planned.findings, ...(planned.steps.length > 0 ? deletionAllowed(input) : [])],
      };
    },
    prepare: (destination) => [
      ...(destination.snapshots === null ? [['mkdir', '-p', `${destination.path}/snapshots`]] : []),
      ...(destination.staging === null ? [makeStaging(destination)] : []),
      ...latestToNone(destination),
    ],
  },
  sourceSnapshots: { plan: planSource, prepare: prepareSource, cleanUp: cleanUpSource },
  questions: questionsAboutSource,
  commands: (params) =>
    isSourceSnapshot(params) ? sourceSnapshotCommands(params) : historyCommands(params, snapshotCommands),
};

/** With a history it begins as the last snapshot: what the source no longer has may be there alone (`rsync.delete = false`). */
function makeStaging(destination: EndpointFacts): string[] {
  const { path } = destination;
  const { latest } = classifySnapshots(destination);
  return latest?.kind === 'subvolume'
    ? ['btrfs', 'subvolume', 'snapshot', `${path}/snapshots/${latest.name}`, `${path}/staging`]
    : ['btrfs', 'subvolume', 'create', `${path}/staging`];
}

/** Of a subvolume within it a snapshot has an empty folder (btrfs-subvolume(8)). Root alone is told of these. */
const NOTHING_WITHIN = [
  '# Fails when another subvolume is within this one: no snapshot has what is in there.',
  'list=$(btrfs subvolume list -o "$1" 2>/dev/null) && [ -n "$list" ] || exit 0',
  'first=$(printf "%s\\n" "$list" | head -n 1)',
  'printf "%s\\n" "Move away the subvolume that is within $1, since no snapshot has what is in there: ${first##* path }" >&2',
  'exit 1',
].join('\n');

/** The snapshot appears under its name by one commit of the file system, complete or not at all (btrfs-subvolume(8)). */
export function snapshotCommands(params: SnapshotParams): string[][] {
  const { root, sync, links } = params;
  const mark = markCommand(params);
  const name = snapshotPlaceholder(sync);
  return [
    ...(mark === null ? [] : [mark]),
    ['sh', '-c', NOTHING_WITHIN, 'sh', `${root}/staging`],
    ['sync', '-f', `${root}/staging`],
    inSnapshots(root, 'btrfs subvolume snapshot -r', `${root}/staging`, name),
    ...latestCommands(root, name),
    ...removeLinks(root, links),
  ];
}

function target(input: SyncPlanning): { target: TransferTarget; findings: Finding[] } {
  const { destination } = input;
  const latest = classifySnapshots(destination).latest;
  return {
    target: {
      path: `${destination.path}/staging`,
      linkDest: null,
      compareWith: latest === null ? null : `${destination.path}/snapshots/${latest.name}`,
      compareSnapshot: latest?.name ?? null,
      prepare: [nothingMounted(`${destination.path}/staging`)],
      cleanUp: [],
      scratch: false,
      resumes: false,
    },
    findings: [...unsuitable(input, destination), ...mountedInTarget(input, 'staging')],
  };
}

function unsuitable(input: SyncPlanning, destination: EndpointFacts): Finding[] {
  const volume = input.sync.destination.volume;
  const unable = unsupported(destination.path, destination.directory?.mount ?? null);
  if (unable !== null) return [{ severity: 'error', ...unable, volume }];
  if (!input.host.btrfs) return [{ ...destinations.btrfsMissing(), volume }];
  if (destination.snapshots === null) return [unprepared(input, 'snapshots/')];
  if (destination.staging === null) return [unprepared(input, 'staging/ subvolume')];
  if (destination.staging.subvolume) return [];
  return [{ ...destinations.stagingNotSubvolume(destination.path, volume), volume }];
}

function unsupported(path: string, mount: MountFacts | null): Remark | null {
  const fsType = mount?.fsType ?? 'unknown';
  if (fsType === 'btrfs') return null;
  const holds = fileSystemOf(mount);
  return destinations.notOnBtrfs(path, holds?.title ?? fsType, holds?.hardLinks === 1 ? 'none' : 'hard-link');
}

/** Deleting a subvolume needs root or the mount option user_subvol_rm_allowed (btrfs(5)). */
function deletionAllowed(input: HistoryPlanning): Finding[] {
  const mount = input.destination.directory?.mount;
  if (input.host.uid === 0 || mount?.options.includes('user_subvol_rm_allowed') === true) return [];
  const remark = destinations.btrfsPruneNotAllowed(input.destination.path, mount?.target);
  return [{ ...remark, volume: input.sync.destination.volume }];
}

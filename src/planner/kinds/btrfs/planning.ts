import { classifySnapshots } from '../../retention/classify.ts';
import type { ExecutorPlanning, HistoryPlanning, SyncPlanning, TransferTarget } from '../../model/executor.ts';
import type { EndpointFacts } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import { snapshotPlaceholder } from '../../model/step.ts';
import { latestCommands, SNAPSHOT_VERSION, snapshotStep, unprepared, type SnapshotParams } from '../snapshot/common.ts';
import { historyParams, planPrune, pruneCommands } from '../prune/planning.ts';

/** Read-only btrfs snapshots of the subvolume `staging/`, into which the transfer writes. */
export const btrfsPlanning: ExecutorPlanning = {
  name: 'btrfs',
  version: SNAPSHOT_VERSION,
  kinds: ['snapshot', 'prune'],
  snapshots: {
    target,
    snapshot: (input) => ({ steps: [snapshotStep(input, 'btrfs', snapshotCommands)], findings: [] }),
    prune: (input, upcoming) => {
      const planned = planPrune(input, upcoming, 'btrfs');
      return {
        ...planned,
        findings: [...planned.findings, ...(planned.steps.length > 0 ? deletionAllowed(input) : [])],
      };
    },
    prepare: (destination) => [
      ...(destination.snapshots === null ? [['mkdir', '-p', `${destination.path}/snapshots`]] : []),
      ...(destination.staging === null ? [['btrfs', 'subvolume', 'create', `${destination.path}/staging`]] : []),
      ...(destination.latest.kind === 'absent' ? [['ln', '-s', '/dev/null', `${destination.path}/latest`]] : []),
    ],
  },
  commands(params) {
    const parsed = historyParams(params);
    return parsed.kind === 'prune' ? pruneCommands(parsed) : snapshotCommands(parsed);
  },
};

/** The snapshot appears under its name by one commit of the file system, complete or not at all (btrfs-subvolume(8)). */
function snapshotCommands({ root, sync }: SnapshotParams): string[][] {
  const name = snapshotPlaceholder(sync);
  return [
    ['sync', '-f', `${root}/staging`],
    ['btrfs', 'subvolume', 'snapshot', '-r', `${root}/staging`, `${root}/snapshots/${name}`],
    ...latestCommands(root, name),
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
      prepare: [],
      cleanUp: [],
      scratch: false,
      resumes: false,
    },
    findings: unsuitable(input, destination),
  };
}

function unsuitable(input: SyncPlanning, destination: EndpointFacts): Finding[] {
  const volume = input.sync.destination.volume;
  const fsType = destination.directory?.mount?.fsType ?? 'unknown';
  if (fsType !== 'btrfs') {
    return [
      {
        severity: 'error',
        code: 'snapshots-unsupported',
        message: `${destination.path} is on ${fsType}, not on btrfs.`,
        help: 'Set snapshots.mode = "hard-link" for it, or choose a destination on btrfs.',
        volume,
      },
    ];
  }
  if (!input.host.btrfs) {
    return [
      {
        severity: 'error',
        code: 'btrfs-missing',
        message: 'The btrfs command is not installed.',
        help: 'sudo apt install btrfs-progs',
        volume,
      },
    ];
  }
  if (destination.snapshots === null) return [unprepared(input, 'snapshots/')];
  if (destination.staging === null) return [unprepared(input, 'staging/ subvolume')];
  if (destination.staging.subvolume) return [];
  return [
    {
      severity: 'error',
      code: 'staging-not-subvolume',
      message: `${destination.path}/staging is an ordinary directory, of which btrfs cannot make a snapshot.`,
      help: `Move it away, then: nbkp prepare ${volume}`,
      volume,
    },
  ];
}

/** Deleting a subvolume needs root or the mount option user_subvol_rm_allowed (btrfs(5)). */
function deletionAllowed(input: HistoryPlanning): Finding[] {
  const mount = input.destination.directory?.mount;
  if (input.host.uid === 0 || mount?.options.includes('user_subvol_rm_allowed') === true) return [];
  return [
    {
      severity: 'error',
      code: 'btrfs-prune-not-allowed',
      message: `${mount?.target ?? input.destination.path} is mounted without user_subvol_rm_allowed, so that only root can delete its snapshots.`,
      help: `sudo mount -o remount,user_subvol_rm_allowed ${mount?.target ?? ''} (and add the option to fstab), or run with --no-prune.`,
      volume: input.sync.destination.volume,
    },
  ];
}

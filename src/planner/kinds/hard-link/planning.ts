import { classifySnapshots, type History } from '../../retention/classify.ts';
import type { ExecutorPlanning, SyncPlanning, TransferTarget } from '../../model/executor.ts';
import type { EndpointFacts, MountFacts } from '../../model/facts.ts';
import type { Finding, Remark } from '../../model/finding.ts';
import { endpointKey } from '../../model/spec.ts';
import { snapshotPlaceholder, type Precondition } from '../../model/step.ts';
import { pointer } from '../../model/pointer.ts';
import { forgetPartialFiles, unlinkShared } from '../rsync/clean-up.ts';
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
import { nothingMounted } from '../../mounts/mounted-within.ts';
import { planPrune, historyCommands } from '../prune/planning.ts';
import { fileSystemOf } from '../../file-systems/of.ts';
import { lastIsSubvolume } from '../../model/findings/file-systems.ts';
import { withHiddenLinks, withoutHardLinks, withoutLinks } from '../../model/findings/destinations.ts';

/**
 * Snapshots whose unchanged files are hard links to the one before. The transfer writes to a partial folder that gets
 * the snapshot's name only when it is complete and on stable storage.
 */
export const hardLinkPlanning: ExecutorPlanning<'snapshot' | 'prune'> = {
  name: 'hard-link',
  version: SNAPSHOT_VERSION,
  kinds: ['snapshot', 'prune'],
  snapshots: {
    target,
    unsupported,
    snapshot: (input) => {
      const copy = `snapshots/.partial-${snapshotPlaceholder(input.sync.name)}`;
      return { steps: [snapshotStep(input, { executor: 'hard-link', copy }, snapshotCommands)], findings: [] };
    },
    prune: (input, upcoming) => planPrune(input, upcoming, 'hard-link'),
    prepare: (destination, mount) => [
      ...(destination.snapshots === null
        ? [...tryLinks(destination.path, mount), ['mkdir', '-p', `${destination.path}/snapshots`]]
        : []),
      ...latestToNone(destination),
    ],
  },
  commands: (params) => historyCommands(params, snapshotCommands),
};

/**
 * Makes a file with two names and a symbolic link, looks at them, and removes them: all that is in a folder of this name is
 * what a try that was killed has left.
 */
const TRY_LINKS =
  'try=$1/.nbkp-try; [ ! -L "$try" ] || exit; clear() { rm -f "$try/one" "$try/two" "$try/link"; rmdir "$try"; }; ' +
  '[ ! -d "$try" ] || clear || exit; mkdir "$try" && : >"$try/one" && ln "$try/one" "$try/two" && ' +
  'ln -s one "$try/link" && names=$(stat -c %h "$try/one"); tried=$?; clear || exit; [ "$tried" -eq 0 ] || exit "$tried"; ' +
  '[ "$names" = 2 ] || { echo "$1 is on a file system that does not show hard links: no run could tell what snapshots share" >&2; exit 1; }';

/** Where the type of the file system does not tell whether it has hard links, and shows them. */
function tryLinks(path: string, mount: MountFacts | null): string[][] {
  return mount === null || fileSystemOf(mount) !== null ? [] : [['sh', '-c', TRY_LINKS, 'sh', path]];
}

/** Names a snapshot that is complete. */
export function snapshotCommands(params: SnapshotParams): string[][] {
  const { root, sync, links } = params;
  const mark = markCommand(params);
  const name = snapshotPlaceholder(sync);
  const partial = `${root}/snapshots/.partial-${name}`;
  return [
    ...(mark === null ? [] : [mark]),
    ['sync', '-f', partial],
    ['mv', '-T', partial, `${root}/snapshots/${name}`],
    ...latestCommands(root, name),
    ...removeLinks(root, links),
  ];
}

function target(input: SyncPlanning): { target: TransferTarget; findings: Finding[] } {
  const { destination, sync } = input;
  const history = classifySnapshots(destination);
  const folder = `${destination.path}/snapshots`;
  const own = `.partial-${snapshotPlaceholder(sync.name)}`;
  const path = `${folder}/${own}`;
  const base = history.latest === null ? null : `${folder}/${history.latest.name}`;
  const partial = history.partials.at(-1);
  return {
    target: {
      path,
      linkDest: base,
      ...(endsInSubvolume(input, history) ? { copiesAll: true } : {}),
      compareWith: base,
      compareSnapshot: history.latest?.name ?? null,
      ...lastWhole(history, folder),
      prepare: partial === undefined ? [makePartial(destination.path, own)] : takeOver(destination.path, partial, own),
      cleanUp: partial === undefined ? [] : forgetPartialFiles(path),
      scratch: true,
      resumes: partial !== undefined,
      preconditions: partial === undefined ? [] : [partialThere(endpointKey(sync.destination), destination, partial)],
    },
    findings: [
      ...unsuitable(input),
      ...(history.latest !== null && endsInSubvolume(input, history)
        ? [{ ...lastIsSubvolume({ snapshot: history.latest.name }), volume: input.sync.destination.volume }]
        : []),
      ...(partial === undefined ? [] : mountedInTarget(input, `snapshots/${partial}`)),
    ],
  };
}

/** Mode `btrfs` made the last snapshot, and no hard link leads out of a subvolume. */
function endsInSubvolume({ destination }: SyncPlanning, { latest }: History): boolean {
  return latest !== null && destination.snapshots?.[latest.name]?.kind === 'subvolume';
}

/** What the newest snapshot lacks because it could not be read is lost too, if it is not in the source any more. */
function lastWhole({ snapshots, incomplete }: History, folder: string): Pick<TransferTarget, 'lastWhole'> {
  const whole = snapshots.findLast(({ name }) => !incomplete.includes(name));
  return whole === undefined || whole === snapshots.at(-1) ? {} : { lastWhole: `${folder}/${whole.name}` };
}

function partialThere(key: string, destination: EndpointFacts, partial: string): Precondition {
  return {
    fact: pointer('endpoints', key, 'snapshots', partial, 'kind'),
    check: 'equals',
    value: destination.snapshots?.[partial]?.kind ?? null,
    // It is renamed first of all.
    onlyBefore: true,
    description: `what an interrupted run left in ${key}, ${partial},`,
  };
}

/** Makes the folder in which a snapshot grows. */
export function makePartial(root: string, own: string): string[] {
  return inSnapshots(root, 'mkdir', own);
}

/** Renames what an interrupted run left, and takes out of it what is linked to an older snapshot. */
export function takeOver(root: string, partial: string, own: string): string[][] {
  const folder = `${root}/snapshots`;
  return [
    nothingMounted(`${folder}/${partial}`),
    inSnapshots(root, 'mv -T', partial, own),
    ...unlinkShared(`${folder}/${own}`),
  ];
}

function unsuitable(input: SyncPlanning): Finding[] {
  const { destination, sync } = input;
  const unable = unsupported(destination.path, destination.directory?.mount ?? null);
  if (unable !== null) return [{ severity: 'error', ...unable, volume: sync.destination.volume }];
  return destination.snapshots === null ? [unprepared(input, 'snapshots/')] : [];
}

function unsupported(path: string, mount: MountFacts | null): Remark | null {
  const there = fileSystemOf(mount);
  if (there?.hardLinks !== 1) return null;
  const said =
    there.hidesHardLinks === true ? withHiddenLinks : there.linksWith !== undefined ? withoutLinks : withoutHardLinks;
  return said(path, there.title);
}

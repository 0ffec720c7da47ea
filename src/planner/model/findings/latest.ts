/*
 * # Which snapshot is good
 */
import { shellWord } from '../quote.ts';
import { error, warning } from './entry.ts';

/** Where `latest` is, and the newest snapshot that could take its place: none from the future. */
interface Repointing {
  path: string;
  newest: string | null;
}
const linked = (path: string, target: string) => `ln -sfnT ${target} ${shellWord(`${path}/latest`)}`;
const repointed = ({ path, newest }: Repointing) => {
  const none = `to none, so that the next run copies all: ${linked(path, '/dev/null')}`;
  return newest === null
    ? `No snapshot there can take its place. Point it ${none}`
    : `Point it to the newest snapshot there if you trust it: ${linked(path, `snapshots/${newest}`)}, or ${none}`;
};
/** `latest` is not a link to a snapshot. Fix: `ln -sfnT snapshots/NAME latest`, with the newest that you trust, never one from the future. */
export const latestForeign = error('latest-foreign', (latest: Repointing, isLink: boolean) => ({
  message: `${latest.path}/latest is not a link into snapshots/, so that it is not clear which snapshot is good.`,
  help: isLink ? repointed(latest) : `It is no link: find out what it is, and move it away. Then: ${repointed(latest)}`,
}));
/** `latest` is a link to a snapshot that is not there: whatever would read through it, or write, stops. Fix: `ln -sfnT snapshots/NAME latest`, with the newest that you trust, never one from the future. */
export const latestDangling = error('latest-dangling', (latest: Repointing, name: string) => ({
  message: `${latest.path}/latest names ${name}, which is not a snapshot there.`,
  help: repointed(latest),
}));
/** There are snapshots and no `latest`, so that nothing says which of them are complete. Fix: as for `latest-dangling`. */
export const latestMissing = error('latest-missing', (latest: Repointing) => ({
  message: `${latest.path} has snapshots and no latest: the next one would copy all files anew.`,
  help: repointed(latest),
}));
/** The last success made a snapshot, and the destination has none any more. Fix: find out who deleted them; the next run makes a full copy. */
export const snapshotsGone = warning('snapshots-gone', (destination: string, path: string, last: string) => ({
  message: `${destination} has no snapshot any more: the last success made ${last}, and nbkp never deletes the last one.`,
  help: `Find out who deleted what was in ${path}. The next run makes a full copy; until then there is none.`,
}));
const counted = (names: readonly string[]) => (names.length === 1 ? 'a snapshot' : `${names.length} snapshots`);
/** Snapshots later than `latest`: left alone, not used, not counted. Fix: if they are good, point `latest` to the newest. */
export const snapshotUnverified = warning(
  'snapshot-unverified',
  (destination: string, path: string, names: readonly string[]) => ({
    message: `${destination} has ${counted(names)} later than latest (${names.join(', ')}): left alone, not used and not counted.`,
    help: `If they are good, point latest to the newest: ${linked(path, `snapshots/${names.at(-1) ?? ''}`)}`,
  }),
);
/** A snapshot that a person may remove. */
interface Removable {
  name: string;
  /** Absolute. */
  path: string;
  kind: 'directory' | 'subvolume';
}
const removing = (snapshots: readonly Removable[]) =>
  snapshots
    .map(({ path, kind }) => `${kind === 'subvolume' ? 'btrfs subvolume delete' : 'rm -rf'} ${shellWord(path)}`)
    .join('; ');
/** Snapshots later than `latest` and than this clock: a clock was wrong when they were made. Left alone, not used, not counted. Fix: never point `latest` to one; remove them by hand, as the help says. */
export const snapshotFromFuture = warning(
  'snapshot-from-future',
  (destination: string, snapshots: readonly Removable[]) => ({
    message: `${destination} has ${counted(snapshots.map(({ name }) => name))} from the future (${snapshots.map(({ name }) => name).join(', ')}), made by a clock that was wrong: left alone, not used and not counted.`,
    help: `Never point latest to one of them. To be rid of them: ${removing(snapshots)}`,
  }),
);
/** The clock is not after the latest snapshot: the copy is made, nothing is pruned. Fix: set the clock; if that of the snapshot was wrong, let the run point `latest` to the new one, then remove the wrong one by hand. */
export const clockBehindLatest = warning(
  'clock-behind-latest',
  (now: string, destination: string, latest: Removable) => ({
    message: `It is ${now} here, and the latest snapshot of ${destination} is ${latest.name}: the copy is made, nothing is pruned.`,
    help: `If this clock is wrong, set it first. If it was wrong when that snapshot was made, let this run point latest to the one that it makes, then be rid of the wrong one: ${removing([latest])}`,
  }),
);
/** The clock was set back while the copy was made. Fix: set the clock. */
export const snapshotNotLater = warning('clock-behind-latest', (sync: string, name: string, before: string) => ({
  message: `The new snapshot of ${sync}, ${name}, is not later than the one before it, ${before}.`,
  help: 'Check the clock of this machine. The data is safe; nothing is pruned until the clock has caught up.',
}));

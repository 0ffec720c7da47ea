/*
 * # What is there now
 *
 * An info skips its sync: not possible now, which is normal for a nomad.
 */
import type { NoFile, RsyncFacts, RunAtWork } from '../facts.ts';
import type { Condition } from '../spec.ts';
import { error, guard, info, warning } from './entry.ts';

interface Mountpoint {
  place: string;
  path: string;
  /** Where something should be mounted. */
  target: string;
  inFstab: boolean;
  volume: string;
}

/** A line of fstab names the place of the volume, and nothing is mounted there. Fix: plug in and mount the drive. */
export const notMountedByFstab = info('volume-not-mounted', (volume: string, target: string) => ({
  message: `${volume} is not mounted: ${target} is in fstab, and nothing is mounted there.`,
  help: `mount ${target}`,
}));
/** No file system with the UUID of the drive is mounted. Fix: plug in and mount the drive. */
export const notMounted = info('volume-not-mounted', (volume: string, uuid: string) => ({
  message: `${volume} is not mounted: no file system with UUID ${uuid} is.`,
  help: 'Plug the drive in. nbkp run mounts it where udisks2 is installed.',
}));
/** Another drive is mounted there, or the directory is a bare mountpoint. Fix: mount the drive there. */
export const otherMounted = info('volume-not-mounted', (volume: string, uuid: string, path: string, found: string) => ({
  message: `${volume} is not mounted: ${path} belongs to ${found}, not to the drive with UUID ${uuid}.`,
  help: `Mount the drive there. Nothing is ever written to ${path} while it is not the drive.`,
}));
/** `--no-mount` leaves a drive closed that is plugged in. Fix: `nbkp volumes mount`, or leave out `--no-mount`. */
export const leftClosed = info('volume-not-mounted', (volume: string, locked: boolean) => ({
  message: `${volume} is plugged in and ${locked ? 'locked' : 'not mounted'}, and is left so.`,
  help: `nbkp volumes mount ${volume} mounts it; nbkp run does so too, without --no-mount.`,
}));
/** The drive is plugged in and closed. Fix: none for a run, which opens it; to look at what is on it: `--mount`, or `nbkp volumes mount`. */
export const closed = info('volume-not-mounted', (volume: string, locked: boolean) => ({
  message: `${volume} is plugged in and ${locked ? 'locked' : 'not mounted'}.`,
  help: `nbkp run opens it, and closes it again. To look at it: --mount opens it for as long as the command runs, nbkp volumes mount ${volume} until you close it.`,
}));
/**
 * The last success was on a drive mounted there, and now it is not. Fix: plug in and mount the drive. If the data was moved
 * off it on purpose, rename the sync, so that its history does not say otherwise.
 */
export const wasMounted = info('volume-not-mounted', (destination: string, before: string, now: string) => ({
  message: `${destination} was on the file system mounted at ${before} when it was last backed up; nothing is mounted there now.`,
  help: `Plug the drive in and mount it at ${before}. If the data was moved to ${now} on purpose, see docs/findings.md.`,
}));
/** There is no such directory. Fix: mount the drive, or `mkdir -p` for an ordinary folder. */
export const volumeAbsent = info('volume-absent', (volume: string, path: string) => ({
  message: `${volume} is not here: there is no directory ${path}.`,
  help: `If it is on a drive, plug it in and mount it. If it is an ordinary folder: mkdir -p ${path}`,
}));
/** A file, or something else, is where a folder has to be. Fix: find out who made it and move it away. */
export const notFolder = error('not-a-folder', (path: string) => ({
  message: `${path} is no folder: a file, or something else, has its place.`,
  help: 'Find out who made it, and move it away. Or correct the path in the spec.',
}));
/** `.nbkp-vol`, `.nbkp-src` or `.nbkp-dst` is not there, so it may be another place. Fix: look, then `nbkp prepare VOLUME`. */
export const sentinelMissing = info(
  'sentinel-missing',
  ({ place, role, missing, volume }: { place: string; role: string; missing: string; volume: string }) => ({
    message: `${place} is not prepared as a ${role}: there is no ${missing}. If this is the right place, run nbkp prepare ${volume}.`,
    help: `nbkp prepare ${volume}`,
  }),
);
/** The volume is here without its `.nbkp-vol`. Fix: look, then `nbkp prepare VOLUME`. */
export const volumeUnmarked = info('sentinel-missing', (volume: string, path: string) => ({
  message: `${volume} is here and not prepared: there is no .nbkp-vol in ${path}. If this is the right place, run nbkp prepare ${volume}.`,
  help: `nbkp prepare ${volume}`,
}));
/** An empty folder without `.nbkp-vol` may be the bare mountpoint of a drive. Fix: plug the drive in; a new folder: `nbkp prepare VOLUME`. */
export const emptyUnmarked = info('volume-not-mounted', (volume: string, path: string) => ({
  message: `${volume} is not here: ${path} is empty and has no .nbkp-vol, like the mountpoint of a drive that is not plugged in. Plug the drive in first; if it is a new folder, run nbkp prepare ${volume}.`,
  help: `If it is on a drive, plug it in and mount it first. If it is this folder, and new: nbkp prepare ${volume}`,
}));
/** The source folder of a volume that is here is gone. Fix: bring it back, or correct the spec; then `nbkp prepare VOLUME`. */
export const sourceGone = info('sentinel-missing', (place: string, path: string, volume: string) => ({
  message: `${place} is not prepared as a source: there is no directory ${path}. Bring it back or correct the spec, then run nbkp prepare ${volume}.`,
  help: `Bring the folder back, or correct the source in the spec; then: nbkp prepare ${volume}`,
}));
/**
 * A link, a folder or a device has the name of a mark, which nbkp makes as a file: it is not followed, and nothing is written there
 * or read from there. Fix: find out who made it and move it away; then, if it is the right place, `nbkp prepare VOLUME`.
 */
export const markNotFile = error('mark-not-file', (path: string, is: NoFile, volume: string) => ({
  message: `${path} is ${is === 'link' ? 'a link' : is === 'folder' ? 'a folder' : 'not a file'}, and nbkp makes its marks as files: nobody can tell whose place this is.`,
  help: `Find out who made it, and move it away. If this is the right place, then: nbkp prepare ${volume}`,
}));
/**
 * `prepare` marks no mountpoint of a drive that is not there: later runs would fill the disk below it. Fix: mount the drive. If
 * the folder itself is meant: `nbkp prepare VOLUME --here`; a line of `/etc/fstab` that names it has to go as well.
 */
export const mountpointEmpty = guard('mountpoint-empty', ({ place, path, target, inFstab, volume }: Mountpoint) => ({
  message: inFstab
    ? `${place} is not marked: ${path} is on ${target}, which is in fstab, and nothing is mounted there.`
    : `${place} is not marked: ${path} was on the file system mounted at ${target} at its last success, and nothing is mounted there now.`,
  help: inFstab
    ? `mount ${target}. If the folder itself is meant, take that line out of /etc/fstab.`
    : `Plug the drive in and mount it. If the data is in this folder now, on purpose: nbkp prepare ${volume} --here`,
}));
/** `check` looked for each of them. Fix: look, then `nbkp prepare VOLUME`. */
export const noSentinel = error('sentinel-missing', (missing: string, path: string) => ({
  message: `There is no ${missing} in ${path}.`,
}));
/**
 * The path of the place, such as where its drive is mounted, has bytes that are not UTF-8, and nbkp cannot name it. Fix: give
 * the drive another label, or mount it elsewhere.
 */
export const pathNotUtf8 = error('path-not-utf8', (place: string) => ({
  message: `The path of ${place} has bytes that are not UTF-8.`,
  help: 'Nothing is read or written there. Give the drive another label, or mount it where the path is plain text.',
}));
/** The facts were recorded with a spec that did not have this folder yet. Fix: record them with the spec that has it. */
export const notInFacts = info('not-in-facts', (place: string) => ({
  message: `The recorded facts do not say what is at ${place}.`,
  help: 'Record them with the spec that has it: nbkp facts export --out FILE',
}));
/** Another run is doing this sync now. Fix: nothing; wait for it, or let nbkp wait with `--wait`. */
export const runAtWork = info('run-at-work', (sync: string, { run, startedAt, pid }: RunAtWork) => ({
  message: `Run ${run} is at work on ${sync} (process ${pid}, since ${startedAt}).`,
  help: 'What is there now changes until it ends. nbkp run --wait 1h waits for it.',
}));
const waiting = (when: string, key: string, condition: Condition | null) => ({
  message: `${when}${condition === 'high-priority' ? ', where only syncs of high priority run' : ''}.`,
  help: `It runs when that is over. Now: nbkp apply --ignore-conditions. For good: change ${key} in [policy]${condition === 'high-priority' ? ', or give it priority = "high"' : ''}.`,
});
/** `[policy]` says that it waits until the machine has power. Fix: nothing, or `--ignore-conditions` once, or `priority = "high"`. */
export const onBattery = info('on-battery', (condition: Condition | null) =>
  waiting('This machine is on battery', 'on-battery', condition),
);
/** `nbkp run --only-on-power` was started on battery: nothing ran. Fix: nothing; a timer tries again when there is power. */
export const waitsForPower = info('on-battery', () => ({
  message: 'This machine is on battery, and --only-on-power was given: nothing was run.',
  help: 'Plug it in, or leave the flag out. on-battery in [policy] says by sync what runs on battery.',
}));
/** `[policy]` says that it waits until the network is not metered. Fix: nothing, or `--ignore-conditions` once, or `priority = "high"`. */
export const networkMetered = info('network-metered', (condition: Condition | null) =>
  waiting('The network is metered', 'metered', condition),
);
/** A chain reads a destination that has no complete snapshot. Fix: run the sync that fills it. */
export const nothingToReadYet = info('no-snapshot-yet', (source: string, upstream: string | undefined) => ({
  message: `${source} has no complete snapshot yet to copy from.`,
  help: upstream === undefined ? 'Run the sync that fills it first.' : `It comes from the sync ${upstream}.`,
}));
/** A chain without snapshots reads a directory whose last run failed. Fix: let that sync succeed first. */
export const upstreamIncomplete = info(
  'upstream-incomplete',
  (source: string, upstream: string, last: { outcome: string; at: string }) => ({
    message: `${source} may be half a copy: the last run of ${upstream} ${last.outcome === 'failed' ? 'failed' : `was ${last.outcome}`} (${last.at}).`,
    help: `Let ${upstream} succeed first.`,
  }),
);
/** A chain copies what is there while the sync that fills it is not run: it is as old as that one's last success. Fix: let it run. */
export const staleUpstream = warning(
  'stale-upstream',
  (sync: string, upstream: string, { state, last }: { state: 'skipped' | 'blocked'; last: string | null }) => ({
    message: `${sync} copies what ${upstream} left, and ${upstream} is ${state} now. ${last === null ? 'When that one succeeded last is not known here.' : `That is of ${last}.`}`,
    help: `Once ${upstream} can run, the next run brings both up to date.`,
  }),
);
/** The spec has it, and it is not run. */
export const syncDisabled = info('sync-disabled', () => ({ message: 'enabled = false in the spec' }));
/** `prepare`: there is no such source directory. Fix: correct the spec. */
export const sourceMissing = error('source-missing', (path: string) => ({
  message: `There is no directory ${path} to back up.`,
  help: 'Correct the source in the spec, or create the directory.',
}));
/** No permission, or mounted read-only (a damaged file system often is). Fix: mend the drive or its permissions. */
export const volumeNotWritable = error('volume-not-writable', (path: string) => ({
  message: `${path} cannot be written to, so that no sentinel can be made there.`,
}));
/** A program is not installed. Fix: `apt install rsync`. */
export const rsyncMissing = error('rsync-missing', (there: string) => ({
  message: `rsync is not installed${there}.`,
  help: 'sudo apt install rsync',
}));
/**
 * openrsync (macOS, OpenBSD), which lacks options that nbkp needs, or older than 3.1. Fix: install Samba's rsync, where the
 * login of the server finds it first.
 */
export const rsyncUnsuitable = error('rsync-unsuitable', (there: string, { kind, version }: RsyncFacts) => ({
  message: `The rsync${there === '' ? ' here' : there} is ${kind === 'unknown' ? 'none that is known' : `${kind} ${version}`.trim()}; nbkp needs Samba's rsync 3.1 or newer.`,
  help: `Install the rsync package of your distribution (on macOS: brew install rsync)${there === '' ? '' : ', and see that ssh HOST rsync --version finds it first'}.`,
}));
/** The program that locks a destination is not installed. Fix: `apt install util-linux`. */
export const flockMissing = error('flock-missing', (there: string) => ({
  message: `flock is not installed${there}, so that two runs could write to one destination.`,
  help: 'sudo apt install util-linux',
}));

/** An entry of the source has a name that is kept for nbkp: no copy has it. `check` looks for such names for 10 s, and then only in the source itself. Fix: another name. */
export const ownNameLeftOut = warning('own-name-left-out', (path: string, names: readonly string[], count: number) => ({
  message: `Of ${path} this is not copied: ${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}. Names that begin with .nbkp- are kept for nbkp, and .rsync-partial for rsync, at any depth.`,
  help: 'Give what is to be copied another name.',
}));

/*
 * # What a reviewer is told
 *
 * `nbkp diff` tells these of a change from one spec to another, at the line of the new spec.
 */
import { error, warning } from './entry.ts';

/** A sync is deleted from the spec: something is not backed up any more. Fix: `enabled = false` keeps it there. */
export const syncRemoved = warning('sync-removed', (sync: string, source: string, destination: string) => ({
  message: `${sync} is gone: ${source} is not backed up to ${destination} any more.`,
  help: 'What is there stays, and nothing updates or prunes it. enabled = false keeps the sync in the spec.',
}));
/** A sync gets `enabled = false`: something is not backed up any more. */
export const syncNewlyDisabled = warning('sync-newly-disabled', (sync: string, source: string) => ({
  message: `${sync} is not run any more: ${source} is not backed up by it.`,
}));
/** Another kind of history, or none: `snapshots.mode = "none"` where it was `"btrfs"`. */
export const snapshotModeChanged = warning(
  'snapshot-mode-changed',
  (sync: string, is: string, was: string, lost: string) => ({
    message: `${sync} makes ${is} instead of ${was}.${lost}`,
  }),
);
/** Fewer snapshots are kept; with `--facts` it says how many the next apply would delete. `keep.last = 3` where it was 30. */
export const retentionShrinks = warning('retention-shrinks', (sync: string, how: string) => ({
  message: `${sync} keeps fewer snapshots${how}`,
}));
/** What the source does not have is deleted from now on: `rsync.delete = false` is taken away. */
export const deleteNewlyOn = warning('delete-newly-on', (sync: string, destination: string) => ({
  message: `${sync} deletes what its source does not have: so far ${destination} kept it.`,
  help: 'nbkp plan --files shows what, where the drives are.',
}));
/**
 * A new exclude rule; what it hides is deleted from the copy. How many entries a dry run with the new spec tells (`facts
 * export --files`).
 */
export const filterDropsData = warning('filter-drops-data', (sync: string, how: string) => ({
  message: `${sync} leaves out more than before ${how}`,
  help: 'nbkp facts export --files with this spec, where the drives are, makes facts that tell how much.',
}));
/** A full first copy elsewhere, without the history so far; with `--facts` it says whether it fits. */
export const destinationMoved = warning(
  'destination-moved',
  (sync: string, to: string, from: string, room: string) => ({
    message: `${sync} goes to ${to} instead of ${from}: a full first copy, without the history so far. ${room}`,
    help: `What is at ${from} stays there, and nothing updates or prunes it. To keep its history, move the folder there before the next run.`,
  }),
);
/** Another folder is copied, and what only the old one has is deleted from the copy. */
export const sourceMoved = warning('source-moved', (sync: string, to: string, from: string) => ({
  message: `${sync} copies ${to} instead of ${from}: what is only in ${from} is deleted from the copy.`,
}));
/** The copy is on the drive of its source: what breaks the drive takes both. */
export const destinationOnSourceDevice = warning('destination-on-source-device', (sync: string, source: string) => ({
  message: `${sync} copies ${source} to the drive that it is on: what breaks the drive takes both.`,
}));
/** Another drive, or the path of a volume is not tied to its drive any more: another `mount.device-uuid`. */
export const driveChanged = warning('drive-changed', (volume: string, was: string, is: string | undefined) => ({
  message:
    is === undefined
      ? `${volume} is no longer tied to the drive ${was}: its path is used whatever is mounted there.`
      : `${volume} is another drive: ${is} instead of ${was}.`,
}));
/** A limit protects less: `max-delete.percent = 60`. */
export const guardLoosened = warning('guard-loosened', (key: string, syncs: string, is: string, was: string) => ({
  message: `policy.${key} of ${syncs} is ${is} instead of ${was}: it protects less.`,
}));
/** More of rsync's exit codes count as a success: `tolerate = [23]`. */
export const moreTolerated = warning('guard-loosened', (sync: string, codes: readonly number[]) => ({
  message: `${sync} counts as a success although rsync ends with ${codes.join(', ')}.`,
  help: '23 means that some files could not be read, so that they are not in the backup.',
}));
/** One is told later that a backup is missing, or never. */
export const maxAgeLoosened = warning('max-age-loosened', (sync: string, is: string, was: string) => ({
  message: `${sync} counts as overdue ${is} instead of ${was}.`,
}));
/** A server is trusted with less proof: `strict-host-key-checking = false`. */
export const hostKeyCheckWeakened = warning('host-key-check-weakened', (endpoint: string) => ({
  message: `The key of ${endpoint} is checked less than before: whoever answers at its address may get the backup.`,
}));
/** Another passphrase, or none any more. Fix: `nbkp credentials check`. */
export const passphraseIdChanged = warning('passphrase-id-changed', (message: string) => ({
  message,
  help: 'nbkp credentials check tells whether each passphrase can be fetched.',
}));
/** Passphrases come from elsewhere: `provider = "env"`. */
export const credentialsChanged = warning('credentials-changed', (from: string) => ({
  message: `Passphrases come from ${from} now.`,
}));
/** A command that did not run before: `before = [["sh", "-c", "…"]]`. */
export const commandAdded = warning('command-added', (sync: string, when: string, argv: readonly string[]) => ({
  message: `${sync} runs another command ${when}: ${argv.join(' ')}`,
  help: 'It runs with the rights of whoever runs the backup.',
}));
/** Another program moves the data: `transfer = "rclone"`. */
export const executorChanged = warning('executor-changed', (sync: string, is: string, was: string) => ({
  message: `${sync} is transferred by ${is} instead of ${was}.`,
}));

/** A sync, or the whole spec, tells an executor of a plugin something else. Fix: read both; steps of plugins are not compared. */
export const executorSettingsChanged = warning('executor-settings-changed', (executor: string, of: string) => ({
  message: `${of} tells the executor ${executor} something else than before.`,
}));
/** What is compared is neither a file nor something that git can show. Fix: a file, or `REVISION:PATH`. */
export const revisionUnreadable = error('revision-unreadable', (revision: string, cause: string) => ({
  message: `${revision} is neither a file nor something that git can show: ${cause}.`,
  help: 'Name a file, or REVISION:PATH with the path from the top of the repository, such as main:nbkp.toml.',
}));

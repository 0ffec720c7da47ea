/*
 * # Restores
 */
import type { CountedPaths } from '../at-target.ts';
import type { Overwrite } from '../plan.ts';
import { formatBytes } from '../bytes.ts';
import { error, guard, info, warning } from './entry.ts';

const named = ({ count, paths }: CountedPaths) => `${paths.join(', ')}${count > paths.length ? ', …' : ''}`;

/** `restore` leaves what is there and differs. Fix: none needed; `--overwrite` says what may give way, another folder keeps both. */
export const restoreKept = warning('restore-kept', (to: string, kept: CountedPaths, overwrite: Overwrite) => ({
  message: `${kept.count === 1 ? 'An entry' : `${kept.count} entries`} of ${to} ${kept.count === 1 ? 'differs' : 'differ'} from the snapshot and ${kept.count === 1 ? 'stays' : 'stay'} as now: ${named(kept)}.`,
  help:
    overwrite === 'never'
      ? 'To have both, restore to another folder. --overwrite if-older replaces what is older there, --overwrite always all that differs.'
      : 'They are not older than in the snapshot. To have both, restore to another folder; --overwrite always replaces them too.',
}));
/** The file system to restore to has less room than what is copied takes. Fix: make room there, or restore to another place, or less. */
export const restoreDoesNotFit = warning('restore-does-not-fit', (to: string, free: number, bytes: number) => ({
  message: `The file system of ${to} has ${formatBytes(free)} free, and this restore copies ${formatBytes(bytes)} to it: ${formatBytes(bytes - free)} too much.`,
  help: 'Make room there, restore less at a time, or restore to another place.',
}));
/** FAT and exFAT hold neither owners, modes, links nor some names. Fix: restore to ext4, btrfs or the like. */
export const restoreHoldsLess = warning('restore-holds-less', (to: string, title: string) => ({
  message: `${to} is on ${title}, which holds no owners, modes and links, and not every name: what it cannot hold does not come back, and the restore then ends with exit code 1.`,
  help: 'Restore to a file system that can hold all of it, such as ext4 or btrfs.',
}));
/** A folder of the snapshot is a link at the target that nobody can vouch for, so nothing of it was restored. Fix: restore that folder to where it belongs. */
export const restoreLinkLeft = warning('restore-link-left', (to: string, links: CountedPaths) => ({
  message: `${links.count === 1 ? 'A folder' : `${links.count} folders`} of the snapshot ${links.count === 1 ? 'is a link' : 'are links'} in ${to}, and nothing of ${links.count === 1 ? 'it' : 'them'} is restored: ${named(links)}.`,
  help: 'A link is followed if it is yours or root’s and leads to a folder in the target or in the volume of the source, on the same drive. Restore the folder by itself, with --to the place where it is now.',
}));
/** `restore` would replace what is of another kind where it restores to. Fix: another folder, or `--allow-destructive`. */
export const restoreReplaces = guard('restore-replaces', (to: string, inTheWay: CountedPaths) => ({
  message: `${inTheWay.count === 1 ? 'An entry' : `${inTheWay.count} entries`} of ${to} would have to give way to what is of another kind in the snapshot: ${named(inTheWay)}.`,
  help: 'Move them away, restore to another folder, or allow it with --allow-destructive.',
}));
/** `restore --to` a place inside a backup. No flag overrides it. Fix: another folder. */
export const restoreIntoDestination = error('restore-into-destination', (path: string, sync?: string) => ({
  message: `${path} is inside the destination of ${sync ?? 'a sync'}: restoring there would damage a backup.`,
  help: 'Choose another folder with --to.',
}));
/** What is restored comes to lie in the source itself. Nothing has to be done: `--overwrite` says what is replaced there. */
export const restoreOntoSource = info('restore-onto-source', (path: string, sync: string, overwrite: Overwrite) => ({
  message: `This goes right into the source of ${sync}, ${path}: ${
    {
      never: 'it adds what is missing there, and replaces nothing',
      'if-older': 'it adds what is missing there, and replaces what is older',
      always: 'it adds what is missing there, and replaces what differs',
    }[overwrite]
  }.`,
}));

/*
 * # A first spec
 *
 * `nbkp init` and `nbkp add` tell these before they write anything.
 */
import { error, warning } from './entry.ts';

/** Nobody can be asked, and the flags do not say enough. Fix: `--yes --to DRIVE`, a host or a folder. */
export const initNeedsTerminal = error('init-needs-answers', () => ({
  message: 'Nobody can be asked here, since this is not a terminal. Nothing was written.',
  help: 'Answer by flags: nbkp init --yes --to DRIVE|HOST|FOLDER [--source FOLDER] [--excludes]',
}));
/** Nobody can be asked, and there are several places to back up to. Fix: `--to DRIVE`, a host or a folder. */
export const initNeedsDestination = error('init-needs-answers', (places: readonly string[]) => ({
  message: `Nobody can be asked here where the backups should go: ${places.join(', ')}.`,
  help: 'Name one: nbkp init --yes --to DRIVE|HOST|FOLDER',
}));
/** What `--to` names is not the name of one place only. Fix: the device or UUID. */
export const destinationAmbiguous = error(
  'init-needs-answers',
  (named: string, places: readonly string[], better: string) => ({
    message: `Several are called ${named}: ${places.join(', ')}.`,
    help: `Name it by its device or UUID: --to ${better}`,
  }),
);
/** No drive is plugged in and no server is known. Fix: plug the drive in, or `--to FOLDER`. */
export const noDestinationFound = error('no-destination-found', () => ({
  message: 'Nothing to back up to was found: no drive is plugged in, and ~/.ssh/config names no server.',
  help: 'Plug a drive in and try again, or name a folder of another drive: nbkp init --to FOLDER',
}));
/** What `--to` names is not there. Fix: plug the drive in, or another name. */
export const destinationNotFound = error('no-destination-found', (named: string) => ({
  message: `No drive that is plugged in and no host in ~/.ssh/config is called ${named}.`,
  help: 'Without a name, init and add volume list what there is; lsblk -f shows labels and UUIDs. A folder begins with / or ./, and a server that is not in ~/.ssh/config is HOST:FOLDER.',
}));
/** The folder that `--to` names is not there. Fix: make it. */
export const destinationMissing = error('destination-missing', (where: string) => ({
  message: `There is no folder ${where}.`,
  help: 'Create it first, on the drive that is meant: nbkp does not make the folder of a volume itself.',
}));
/** The server that was chosen does not answer. Fix: make `ssh HOST` work without a question. */
export const serverDoesNotAnswer = error('host-unreachable', (title: string, reason: string) => ({
  message: `${title} does not answer: ${reason}.`,
  help: `Try it by hand: ssh ${title}. Once that works without a question, so does init.`,
}));
/** The place that was chosen cannot be written to. Fix: a folder of your own there. */
export const placeNotWritable = error('volume-not-writable', (path: string) => ({
  message: `${path} cannot be written to by this user.`,
  help: `Make a folder there that you own, or: sudo chown "$USER" ${path}`,
}));
/**
 * The folder on the destination holds something already, perhaps the backups of another spec. Fix: `--into FOLDER`, or the spec
 * that made them.
 */
export const destinationUsed = error('destination-used', (title: string, folder: string) => ({
  message: `${title} has something in ${folder} already, perhaps backups of another spec.`,
  help: 'Name another folder with --into FOLDER; or, to go on with these backups, use the spec that made them: a backup of a home folder has it in latest/.config/nbkp/nbkp.toml.',
}));
/** What is to be backed up is not there. Fix: `--source`, or make it. */
export const nothingToBackUp = error('source-missing', (path: string) => ({
  message: `There is no folder ${path} to back up.`,
  help: 'Name another folder with --source, or create it.',
}));
/** What is backed up is on a network file system. Fix: back it up on the machine that holds it. */
export const sourceOnNetwork = warning('source-on-network', (path: string, fsType: string, source: string) => ({
  message: `${path} is on ${fsType} (${source}): every backup reads all of it through the network.`,
  help: 'Better back it up on the machine that holds it, where root can read every file. If that is not possible, go on.',
}));

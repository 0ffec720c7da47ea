/*
 * # Passphrases
 */
import { error, warning } from './entry.ts';

/** The provider has no such entry, variable or file. Fix: store it there. */
export const passphraseMissing = error('passphrase-missing', (id: string, why: string, help: string) => ({
  message: `There is no passphrase ${id}: ${why}.`,
  help,
}));
/** The drive is not unlocked by it. Fix: correct it where it is stored. */
export const passphraseWrong = error('passphrase-wrong', (volume: string) => ({
  message: `The passphrase that was found does not unlock ${volume}.`,
  help: 'Try it by hand (udisksctl unlock), then correct it where [credentials] says it comes from.',
}));
/** Nothing was typed. Fix: run once more. */
export const passphrasePromptCancelled = error('passphrase-prompt-cancelled', (id: string) => ({
  message: `The passphrase ${id} was asked for, and none was typed.`,
  help: 'The drive stays locked, and what needs it was not done. Run once more to be asked again.',
}));
/** Others can read the file, or own it. Fix: `chmod 600`, `chown`. */
export const passphraseFileExposed = error('passphrase-file-exposed', (id: string, path: string) => ({
  message: `${path}, which holds the passphrase ${id}, belongs to another user or can be read by others.`,
  help: `chown $(id -u) ${path} && chmod 600 ${path}`,
}));
/** The command of `[credentials]` failed. Fix: run it by hand. */
export const passphraseCommandFailed = error(
  'passphrase-command-failed',
  (id: string, command: string, why: string) => ({
    message: `${command}, which is to print the passphrase ${id}, failed: ${why}.`,
    help: 'Run it by hand as the same user: it must print the passphrase and nothing else.',
  }),
);
/** A passphrase is to be stored where nbkp cannot write. Fix: store it where `[credentials]` says it comes from. */
export const providerCannotStore = error('passphrase-not-storable', (provider: string) => ({
  message: `With provider "${provider}" nbkp stores no passphrases: only the keyring takes them.`,
  help: 'Set provider = "keyring" in [credentials], or store it where the provider looks: see docs/drives.md.',
}));
/** A passphrase of a drive that no step of this run opens could not be fetched beforehand. Fix: as for the run that will need it. */
export const notPrefetched = warning('passphrase-missing', (message: string, help: string | undefined) => ({
  message: `${message} No drive of this run needs it.`,
  ...(help === undefined ? {} : { help }),
}));
/** The keyring cannot be read. Fix: log in, or choose another provider. */
export const keyringLocked = error('keyring-locked', (id: string) => ({
  message: `The keyring is locked, so that the passphrase ${id} cannot be read.`,
  help: 'Unlock it by logging in to the desktop; for a timer, choose another provider in [credentials].',
}));
/** There is no keyring to ask. Fix: choose another provider. */
export const keyringUnavailable = error('keyring-unavailable', (reason: string) => ({
  message: `There is no keyring to ask: ${reason}.`,
  help: 'A timer or an SSH session has none: set provider = "file", "command" or "env" in [credentials].',
}));

import type * as subject from '../../../../src/planner/model/findings/passphrases.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  passphraseMissing: [
    'usb',
    'the variable NBKP_PASSPHRASE_USB is not set',
    'Set NBKP_PASSPHRASE_USB, or choose another provider in [credentials].',
  ],
  passphraseWrong: ['usb'],
  passphrasePromptCancelled: ['usb'],
  passphraseFileExposed: ['usb', '/home/ada/.config/nbkp/passphrases/usb'],
  passphraseCommandFailed: ['usb', 'pass show backup/usb', 'exit code 1'],
  keyringLocked: ['usb'],
  keyringUnavailable: ['Cannot autolaunch D-Bus without X11 $DISPLAY'],
  providerCannotStore: ['env'],
  notPrefetched: [
    'There is no passphrase red: the variable NBKP_PASSPHRASE_RED is not set.',
    'Set NBKP_PASSPHRASE_RED.',
  ],
};

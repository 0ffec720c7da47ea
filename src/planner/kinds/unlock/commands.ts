/** udisksctl opens its key file by name, which works for a pipe and not for the socket that we may have given to `sh`. */
const UNLOCK = 'cat | udisksctl unlock --block-device "$1" --key-file /dev/stdin --no-user-interaction';

/** @param container the device of the LUKS container; its passphrase comes on standard input */
export function unlockCommands(container: string): string[][] {
  return [['sh', '-c', UNLOCK, 'sh', container]];
}

export function lockCommands(container: string): string[][] {
  return [['udisksctl', 'lock', '--block-device', container, '--no-user-interaction']];
}

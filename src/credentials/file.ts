import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../planner/model/system-error.ts';
import { withHome } from '../hosts/home.ts';
import { missing } from './sources.ts';
import { passphraseFileExposed } from '../planner/model/findings/passphrases.ts';

/** Reads the file of a passphrase, which nobody but this user (or root, who reads everything) may be able to read. */
export function fromFile(id: string, directory: string | null, uid: number): Result<string> {
  if (directory === null) {
    return missing(
      id,
      'credentials.directory is not set, and neither is $CREDENTIALS_DIRECTORY',
      'Name the folder of the passphrase files, or run as a systemd service with LoadCredential=.',
    );
  }
  const path = join(withHome(directory), id);
  try {
    // A named pipe would keep us waiting.
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { mode, uid: owner } = fstatSync(descriptor);
      if ((mode & 0o077) !== 0 || (owner !== uid && owner !== 0)) {
        return failure(passphraseFileExposed(id, path));
      }
      const text = readFileSync(descriptor, 'utf8').replace(/\r?\n$/, '');
      return text === '' ? missing(id, `${path} is empty`, 'Write the passphrase into it.') : success(text);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return missing(
      id,
      `${path} cannot be read (${systemError(error).code})`,
      `Write the passphrase into it, then: chmod 600 ${path}`,
    );
  }
}

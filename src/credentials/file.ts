import { join } from 'node:path';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../planner/model/system-error.ts';
import { withHome } from '../hosts/home.ts';
import { readWhole, withFile } from '../hosts/regular-file.ts';
import { missing } from './sources.ts';
import { passphraseFileExposed } from '../planner/model/findings/passphrases.ts';

/** A passphrase of cryptsetup has at most 512 bytes, a key file 8 MiB. */
const LIMIT = 8 * 1024 * 1024;

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
    return withFile(path, (file) => {
      const { mode, uid: owner } = file.stats;
      if ((mode & 0o077) !== 0 || (owner !== uid && owner !== 0)) return failure(passphraseFileExposed(id, path));
      const bytes = readWhole(file, LIMIT);
      if (typeof bytes === 'string') return unreadable(id, path, bytes);
      const text = bytes.toString().replace(/\r?\n$/, '');
      return text === '' ? missing(id, `${path} is empty`, 'Write the passphrase into it.') : success(text);
    });
  } catch (error) {
    return unreadable(id, path, systemError(error).code);
  }
}

function unreadable(id: string, path: string, why: string): Result<never> {
  return missing(id, `${path} cannot be read (${why})`, `Write the passphrase into it, then: chmod 600 ${path}`);
}

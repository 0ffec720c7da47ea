import { failure, success, type Result } from '../../planner/model/result.ts';
import { systemError } from '../system-error.ts';
import { createAtomically } from './files.ts';

/**
 * Writes a file that must not be there yet, mode 0600, all of it or nothing.
 *
 * @returns errors `file-exists`, `file-unwritable`
 */
export function writeNewFile(path: string, text: string): Result<null> {
  try {
    createAtomically(path, text);
    return success(null);
  } catch (error) {
    const { code, text: cause } = systemError(error);
    if (code === 'EEXIST') {
      const message = `${path} is there already, and is left as it is.`;
      return failure({ severity: 'error', code: 'file-exists', message, help: 'Choose another name.' });
    }
    const message = `${path} cannot be written: ${cause}.`;
    return failure({ severity: 'error', code: 'file-unwritable', message, help: 'Choose another place for --out.' });
  }
}

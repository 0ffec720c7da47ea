import { dirname, join } from 'node:path';
import { makeDirectory, readIfPresent, writeAtomically } from './files.ts';

/**
 * Writes files of nbkp below a folder, where others can read them: those that are not there yet, or not so.
 *
 * @param files text by path below the folder
 * @throws what the system reports
 */
export function layFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    const path = join(folder, name);
    if (readIfPresent(path) === text) continue;
    makeDirectory(dirname(path));
    writeAtomically(path, text);
  }
}

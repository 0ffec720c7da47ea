import { resolve } from 'node:path';
import { codeOf } from '../transport/error-code.ts';
import { readWhole, withFile } from '../regular-file.ts';
import { withHome } from '../home.ts';

/** In bytes. */
const LARGEST = 16 * 1024 * 1024;

/**
 * Reads filter files of this machine.
 *
 * @param paths as written in the spec; `~` is this user's home, and a relative path is relative to `folder`
 * @returns the rules by path as written; null for a file that cannot be read, or that is not UTF-8 and so cannot be
 * passed on faithfully
 */
export function readFilterFiles(paths: readonly string[], folder: string): Record<string, string[] | null> {
  return Object.fromEntries(paths.map((path) => [path, rules(resolve(folder, withHome(path)))]));
}

/** Lines as rsync reads them from a file: it skips empty ones and those that begin with `#` or `;` (rsync(1), FILTER RULES). */
function rules(path: string): string[] | null {
  try {
    const bytes = withFile(path, (file) => readWhole(file, LARGEST));
    if (typeof bytes === 'string') return null;
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.split(/[\r\n]+/).filter((line) => line !== '' && !/^[#;]/.test(line));
  } catch (error) {
    // What the system refused, or bytes that are not UTF-8 (ERR_ENCODING_INVALID_ENCODED_DATA).
    codeOf(error);
    return null;
  }
}

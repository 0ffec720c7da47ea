import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TrustedPlugin } from '../planner/model/stored.ts';
import { systemError } from '../planner/model/system-error.ts';
import { makeDirectory, readIfPresent, syncDirectory, writeAtomically } from './files.ts';
import { readStored } from './stored.ts';

/** What was recorded when this user trusted the package in a directory; null when nothing was, or it cannot be read. */
export function trustOf(state: string, root: string): TrustedPlugin | null {
  try {
    const folder = realpathSync(root);
    const record = readStored('plugin', readIfPresent(fileOf(state, folder)));
    return record?.folder === folder ? record : null;
  } catch (error) {
    // What cannot be read gives no trust.
    systemError(error);
    return null;
  }
}

/** Records that this user trusts the package in a directory. Throws what the system reports. */
export function writeTrust(state: string, root: string, record: Omit<TrustedPlugin, 'folder'>): void {
  const folder = realpathSync(root);
  const path = fileOf(state, folder);
  makeDirectory(dirname(path));
  writeAtomically(path, `${JSON.stringify({ folder, ...record })}\n`);
}

/** Forgets what was recorded of the package in a directory, if anything was. Throws what the system reports. */
export function removeTrust(state: string, root: string): void {
  const path = fileOf(state, realpathSync(root));
  if (readIfPresent(path) === null) return;
  rmSync(path);
  syncDirectory(dirname(path));
}

/** One file for each package: two that are trusted at once do not meet. */
function fileOf(state: string, folder: string): string {
  return join(state, 'plugins', `${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.json`);
}

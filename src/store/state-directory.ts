import { accessSync, constants, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { asWarning, type Finding } from '../planner/model/finding.ts';
import { systemError } from '../planner/model/system-error.ts';
import { stateUnwritable } from '../planner/model/findings/records.ts';

/**
 * Where this user's runs and history are kept: `NBKP_STATE_DIR`, or `/var/lib/nbkp` as root, or `nbkp` in
 * `$XDG_STATE_HOME`, which has to be absolute (XDG Base Directory Specification).
 */
export function stateDirectory(env: NodeJS.ProcessEnv, uid: number): string {
  if (env['NBKP_STATE_DIR']) return resolve(env['NBKP_STATE_DIR']);
  if (uid === 0) return '/var/lib/nbkp';
  const base = env['XDG_STATE_HOME'];
  return base !== undefined && isAbsolute(base)
    ? join(base, 'nbkp')
    : join(env['HOME'] ?? homedir(), '.local', 'state', 'nbkp');
}

/** What the system reported when something was to be kept there. Throws any other error on. */
export function unwritable(state: string, error: unknown): Finding {
  return stateUnwritable(state, systemError(error).text);
}

/** A warning when `apply` would be refused because it cannot keep its journal there. Writes nothing. */
export function stateWarning(state: string): Finding | null {
  try {
    const present = nearestPresent(state);
    accessSync(present, constants.W_OK | constants.X_OK);
    return statfsSync(present).bavail === 0 ? asWarning(stateUnwritable(state, 'no space left')) : null;
  } catch (error) {
    return asWarning(unwritable(state, error));
  }
}

/** The path itself, or the nearest one above it that is there. Throws what else the system reports. */
export function nearestPresent(path: string): string {
  try {
    accessSync(path);
    return path;
  } catch (error) {
    const above = dirname(path);
    if (systemError(error).code !== 'ENOENT' || above === path) throw error;
    return nearestPresent(above);
  }
}

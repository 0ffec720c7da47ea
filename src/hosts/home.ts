import { homedir } from 'node:os';
import { join } from 'node:path';

/** A path of the spec for something on this machine: `~` is this user's home. */
export function withHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

import { homedir } from 'node:os';
import { join } from 'node:path';
import { belowHome } from '../planner/model/paths.ts';

/** A path of the spec for something on this machine: `~` is this user's home. */
export function withHome(path: string): string {
  const below = belowHome(path);
  return below === null ? path : join(homedir(), below);
}

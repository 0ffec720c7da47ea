import { spawnSync } from 'node:child_process';
import { childEnvironment } from './environment.ts';

/** In milliseconds. */
const PATIENCE = 5000;

/**
 * Whether a file has an access list (ACL) beside its mode. Node cannot read one; `ls` shows a `+` behind the mode (ls(1), in the
 * manual of GNU coreutils: "What information is listed"). True when it cannot be told.
 *
 * @param path absolute, or not beginning with a dash
 */
export function hasAccessList(path: string): boolean {
  const { status, stdout } = spawnSync('ls', ['-ldnL', '--', path], {
    encoding: 'utf8',
    env: childEnvironment(process.env),
    timeout: PATIENCE,
  });
  return status !== 0 || stdout.charAt(10) === '+';
}

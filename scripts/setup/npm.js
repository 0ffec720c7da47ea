import { spawnSync } from 'node:child_process';

/**
 * Runs the npm that started this, or else the first in PATH. What it says goes to standard error.
 *
 * @param {string} directory
 * @param {string[]} words its arguments
 * @returns {boolean} whether it succeeded
 */
export function runNpm(directory, words) {
  const npm = process.env.npm_execpath;
  const [command, ...before] = npm === undefined ? ['npm'] : [process.execPath, npm];
  // No package here needs its install script; npm 11 would ask about each.
  // `npm publish --dry-run` hands its own option on, and nothing would be installed.
  const quiet = ['--no-dry-run', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(command, [...before, ...words, ...quiet], { cwd: directory, stdio: ['ignore', 2, 2] });
  return status === 0;
}

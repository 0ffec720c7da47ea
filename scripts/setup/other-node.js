import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './npm.js';

/** A newer Node than the 20 of Debian 13. */
const VERSION = '24.21.0';

/**
 * The program that `installOtherNode` installed.
 *
 * @param {string} root of the repository
 * @returns {string | null} its path; null when it is not there
 */
export function otherNode(root) {
  const packages = join(folderIn(root), 'node_modules');
  // npm writes this file last.
  return existsSync(join(packages, '.package-lock.json')) ? join(packages, packageName(), 'bin', 'node') : null;
}

/**
 * Installs a second Node for the tests that compare it with the one that runs them, or says that it is missing.
 *
 * @param {string} root of the repository
 */
export function installOtherNode(root) {
  if (otherNode(root) !== null) return;
  console.error(`Installing Node ${VERSION} for the tests …`);
  // Outside of node_modules, where scripts of npm would run on it.
  mkdirSync(folderIn(root), { recursive: true });
  if (runNpm(folderIn(root), ['install', '--prefix=.', '--no-save', `${packageName()}@${VERSION}`])) return;
  console.error(`Not installed: Node ${VERSION}, needed by the tests that plans come out the same on it.`);
}

function folderIn(root) {
  return join(root, '.cache', `node-${VERSION}`);
}

function packageName() {
  return `node-linux-${process.arch}`;
}

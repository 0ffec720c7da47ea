import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The rsync of Debian 12 before its security update to 3.5.0. */
const PACKAGE = 'rsync=3.2.7-1+deb12u6';

/**
 * The program that `installOldRsync` unpacked.
 *
 * @param {string} root of the repository
 * @returns {string | null} its path; null when it is not there
 */
export function oldRsync(root) {
  const program = join(folderIn(root), 'usr/bin/rsync');
  return existsSync(program) ? program : null;
}

/**
 * Unpacks an older rsync for the tests that have it at one end, beside the one that is installed, or says that it is missing.
 *
 * @param {string} root of the repository
 */
export function installOldRsync(root) {
  if (oldRsync(root) !== null) return;
  console.error(`Unpacking ${PACKAGE} for the tests …`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  const made = mkdtempSync(join(root, '.cache/unpacking-'));
  try {
    if (runs(made, ['apt-get', 'download', '-qq', PACKAGE])) {
      const [file = ''] = readdirSync(made);
      if (runs(made, ['dpkg-deb', '--extract', file, 'whole'])) renameSync(join(made, 'whole'), folderIn(root));
    }
  } finally {
    rmSync(made, { recursive: true });
  }
  if (oldRsync(root) !== null) return;
  console.error(`Not unpacked: ${PACKAGE}, needed by the tests of an older rsync at one end.`);
}

function folderIn(root) {
  return join(root, '.cache/rsync-3.2.7');
}

function runs(cwd, [command, ...words]) {
  return spawnSync(command, words, { cwd, stdio: ['ignore', 'ignore', 2] }).status === 0;
}

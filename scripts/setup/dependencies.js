import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './npm.js';

/** Installs the npm packages of package-lock.json unless they are there already. */
export function installDependencies(root) {
  if (isInstalled(root)) return;
  console.error('Installing the npm packages of package-lock.json …');
  if (!runNpm(root, ['ci'])) throw new Error('npm could not install the packages of package-lock.json');
}

/** npm writes what it installed into node_modules/.package-lock.json. */
function isInstalled(root) {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const installed = packagesOf(installedLock);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    // The root itself, and packages for other machines.
    if (path === '' || (wanted.optional === true && installed[path] === undefined)) return true;
    return installed[path]?.version === wanted.version && existsSync(join(root, path));
  });
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

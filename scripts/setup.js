/*
 * Makes a clone ready: npm packages, dist/, and the programs that the demo or the tests run. Says nothing when nothing
 * is missing. It runs before the npm packages are there, so it uses none.
 *
 *   node scripts/setup.js                to run and to pack nbkp
 *   node scripts/setup.js --demo         also what the demo runs; fails when something cannot be installed
 *   node scripts/setup.js --test-tools   also what the tests run; they skip what cannot be installed
 */
import { fileURLToPath } from 'node:url';
import { buildWhatChanged } from './setup/build.js';
import { installDependencies } from './setup/dependencies.js';
import { installOldRsync } from './setup/old-rsync.js';
import { installOtherNode } from './setup/other-node.js';
import { installPrograms } from './setup/programs.js';

const root = fileURLToPath(new URL('..', import.meta.url));

installDependencies(root);
buildWhatChanged(root);
if (process.argv.includes('--test-tools')) {
  installPrograms({ demo: false });
  installOtherNode(root);
  installOldRsync(root);
}
if (process.argv.includes('--demo') && !installPrograms({ demo: true })) process.exitCode = 1;

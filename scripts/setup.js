/*
 * Makes a fresh clone ready: npm packages, dist/, and the programs that the demo or the tests run. Says nothing when
 * nothing is missing. It runs before the npm packages are there, so it uses none.
 *
 *   node scripts/setup.js                what `npm run demo` needs; fails when something cannot be installed
 *   node scripts/setup.js --test-tools   what `npm test` needs; tests skip what cannot be installed
 */
import { execFileSync } from 'node:child_process';
import { installDependencies } from './setup/dependencies.js';
import { installPrograms } from './setup/programs.js';

const root = new URL('..', import.meta.url).pathname;
const forTests = process.argv.includes('--test-tools');

installDependencies(root);
execFileSync(process.execPath, ['scripts/build.js'], { cwd: root, stdio: ['ignore', 2, 2] });
const complete = installPrograms({ demo: !forTests });
if (!complete && !forTests) process.exitCode = 1;

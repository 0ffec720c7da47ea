import { spawnSync } from 'node:child_process';
import { TOOLS } from './tools.js';

/**
 * Installs the Debian packages that are missing where that is possible, and else says what to install and what does
 * not work until then.
 *
 * @param {{demo: boolean}} scope only what the demo needs, or what the tests need too
 * @returns {boolean} whether everything is there now
 */
export function installPrograms({ demo }) {
  const wanted = TOOLS.filter((tool) => !demo || tool.demo === true);
  const missing = wanted.filter(isMissing);
  if (missing.length > 0 && process.getuid() === 0 && runs(['apt-get', '--version'])) {
    // The lab's packages are not there for every machine, and apt-get installs all that it is given or nothing.
    for (const needs of [false, true]) aptGet(missing.filter((tool) => (tool.lab === true) === needs));
  }
  const left = missing.filter(isMissing);
  for (const tool of left) console.error(`Not installed: ${tool.package}, needed by ${tool.neededBy}.`);
  if (left.length > 0) console.error(`To install: ${installCommand(left)}`);
  return left.length === 0;
}

function isMissing({ proof }) {
  return !runs(proof);
}

function runs([command, ...words]) {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}

function aptGet(tools) {
  if (tools.length === 0) return;
  const packages = tools.map((tool) => tool.package);
  console.error(`Installing the Debian packages ${packages.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 'ignore', 2] };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], options);
}

function installCommand(tools) {
  const root = process.getuid() === 0 ? '' : 'sudo ';
  return `${root}apt-get install ${tools.map((tool) => tool.package).join(' ')}`;
}

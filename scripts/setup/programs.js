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
  for (const line of reasons(left)) console.error(`Not installed: ${line}.`);
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
  console.error('Installing Debian packages with apt-get:');
  for (const line of reasons(tools)) console.error(`  ${line}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 'ignore', 2] };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], options);
}

/**
 * Packages that are needed for one reason stand in one line with it.
 *
 * @param {import('./tools.js').Tool[]} tools
 * @returns {string[]}
 */
function reasons(tools) {
  const byReason = new Map();
  for (const tool of tools) byReason.set(tool.neededBy, [...(byReason.get(tool.neededBy) ?? []), tool.package]);
  return [...byReason].map(([reason, packages]) => `${packages.join(', ')}: for ${reason}`);
}

function installCommand(tools) {
  const root = process.getuid() === 0 ? '' : 'sudo ';
  return `${root}apt-get install ${tools.map((tool) => tool.package).join(' ')}`;
}

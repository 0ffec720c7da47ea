import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The newest LTS that the registry of npm has for both architectures. */
export const NODE_VERSION = '24.22.3';

/** Of Node's file in each package: what is packed is what was looked at. SHA-256. */
const DIGESTS = {
  x64: 'a7ec1b37e6ff9d187e4198c5b6df9a4eb1c74dd31804fb3bac55cc4ceca1ac01',
  arm64: '8f9c2a55879e9705cb285b6cdd649d95df642c6720f052cb30f300d2677da99f',
};

export const ARCHITECTURES = Object.keys(DIGESTS);

/**
 * Node for Linux, from the registry of npm. What was fetched once is kept in `.cache/node`.
 *
 * @param {string} root folder of the repository
 * @param {'x64' | 'arm64'} architecture
 * @returns {{program: string, licence: string}} paths of Node's file and of its licences
 * @throws when it is not what it was when its digest was noted
 */
export function fetchNode(root, architecture) {
  const folder = join(root, '.cache', 'node', `${NODE_VERSION}-${architecture}`);
  if (!existsSync(folder)) fetchTo(folder, `node-linux-${architecture}@${NODE_VERSION}`);
  const program = join(folder, 'package/bin/node');
  const digest = createHash('sha256').update(readFileSync(program)).digest('hex');
  if (digest !== DIGESTS[architecture]) throw new Error(`${program} has the SHA-256 ${digest}: that is another Node.`);
  return { program, licence: join(folder, 'package/LICENSE') };
}

function fetchTo(folder, name) {
  const temporary = `${folder}.${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  const npm = ['pack', '--silent', '--pack-destination', temporary, name];
  const archive = execFileSync('npm', npm, { cwd: temporary, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(temporary, archive), '-C', temporary, 'package/bin/node', 'package/LICENSE']);
  rmSync(join(temporary, archive));
  renameSync(temporary, folder);
}

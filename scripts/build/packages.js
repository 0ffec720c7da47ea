import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/**
 * The packages of npm that files belong to, in the order of their names; a version that is there twice, once.
 *
 * @param {string} root where `files` are relative to
 * @param {string[]} files what a bundle was made of
 * @returns {{directory: string, name: string, version: string, license: string, author: unknown}[]}
 */
export function packagesOf(root, files) {
  const directories = new Set(files.map((file) => PACKAGE.exec(file)?.[0]).filter((found) => found !== undefined));
  const packages = [...directories].map((each) => {
    const directory = join(root, each);
    const { name, version, license, author } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    return { directory, name, version, license, author };
  });
  const byTitle = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  return [...byTitle].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const RULE = '-'.repeat(80);

/**
 * The licences of the packages that are in the bundle: most of them ask that their text goes wherever the code goes.
 *
 * @param {string} root where `files` are relative to
 * @param {string[]} files what the bundle was made of
 */
export function notices(root, files) {
  const directories = new Set(files.map((file) => PACKAGE.exec(file)?.[0]).filter((found) => found !== undefined));
  const packages = [...directories].map((directory) => describe(join(root, directory)));
  packages.sort((a, b) => (a.title < b.title ? -1 : 1));
  const intro = 'nbkp contains code from these packages, each under its own licence.\n';
  return [intro, ...packages.map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text}\n`)].join('\n');
}

function describe(directory) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const file = readdirSync(directory).find((entry) => /^(?:licen[cs]e|copying)(?:\.|$)/i.test(entry));
  if (file === undefined && typeof license !== 'string') throw new Error(`${name} ${version} names no licence.`);
  const holder = typeof author === 'string' ? author : author?.name;
  const text = file === undefined ? (holder ?? '') : readFileSync(join(directory, file), 'utf8').trim();
  return { title: `${name} ${version} (${license})`, text };
}

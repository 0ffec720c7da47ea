import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const RULE = '-'.repeat(80);

/**
 * The licences of the packages that are in the bundle: most of them ask that their text goes wherever the code goes.
 *
 * @param {ReturnType<import('./packages.js').packagesOf>} packages
 */
export function notices(packages) {
  const intro = 'nbkp contains code from these packages, each under its own licence.\n';
  const texts = packages.map(describe);
  return [intro, ...texts.map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text}\n`)].join('\n');
}

function describe({ directory, name, version, license, author }) {
  const file = readdirSync(directory).find((entry) => /^(?:licen[cs]e|copying)(?:\.|$)/i.test(entry));
  if (file === undefined && typeof license !== 'string') throw new Error(`${name} ${version} names no licence.`);
  const holder = typeof author === 'string' ? author : author?.name;
  const text = file === undefined ? (holder ?? '') : readFileSync(join(directory, file), 'utf8').trim();
  return { title: `${name} ${version} (${license})`, text };
}

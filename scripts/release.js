/*
 * Makes everything that a release has, twice in different folders, and keeps it in .cache/release/VERSION if both are the same
 * byte for byte. Then it prints what is left to do by hand. It tags, pushes and publishes nothing.
 *
 *   npm run release -- VERSION
 *   npm run release -- fixture   keeps what this version writes in test/releases, for the tests of those to come; needs root
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryOf } from './release/changelog.js';
import { bill } from './release/bill.js';
import { makeFixture } from './release/fixture.js';
import { buildWhatChanged } from './setup/build.js';

const root = join(import.meta.dirname, '..');
const [version] = process.argv.slice(2);
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();

const current = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
const fixtureOf = (name) => join(root, 'test/releases', `${name}.tar.gz`);

const problems = version === 'fixture' ? [] : findProblems();
if (version === 'fixture') keepFixture();
else if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
} else release();

function findProblems() {
  if (!/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(version ?? '')) return ['npm run release -- VERSION, such as 1.2.3'];
  const found = [];
  if (current !== version)
    found.push(`package.json has version ${current}: npm version --no-git-tag-version ${version} && npm run generate`);
  if (entryOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version) === null)
    found.push(`CHANGELOG.md has no entry "## ${version}": give what is under "Unreleased" that heading.`);
  if (git('status', '--porcelain') !== '') found.push('Something is not committed: git status');
  if (git('tag', '--list', `v${version}`) !== '') found.push(`There is a tag v${version} already.`);
  if (!existsSync(fixtureOf(version)))
    found.push(`What it writes is not kept: npm run release -- fixture makes ${fixtureOf(version)}.`);
  if (existsSync(target())) found.push(`${target()} is there already.`);
  return found;
}

function keepFixture() {
  buildWhatChanged(root);
  makeFixture(root, fixtureOf(current));
  console.log(`${fixtureOf(current)} has what version ${current} writes. Once that is published, it stays as it is.`);
}

function target() {
  return join(root, '.cache/release', version);
}

function release() {
  const work = mkdtempSync(join(tmpdir(), 'nbkp-release-'));
  const epoch = git('log', '-1', '--format=%ct');
  const [one, other] = ['a', 'another folder'].map((name) => makeIn(join(work, name), epoch));
  const names = readdirSync(one).sort();
  const different = names.filter((name) => digestOf(join(one, name)) !== digestOf(join(other, name)));
  if (different.length > 0 || readdirSync(other).length !== names.length) {
    console.error(`Made twice, and not the same: ${different.join(', ')}. Both are in ${work}.`);
    process.exitCode = 1;
    return;
  }
  const sums = names.map((name) => `${digestOf(join(one, name))}  ${name}\n`);
  writeFileSync(join(one, 'SHA256SUMS'), sums.join(''));
  mkdirSync(join(root, '.cache/release'), { recursive: true });
  cpSync(one, `${target()}.new`, { recursive: true });
  renameSync(`${target()}.new`, target());
  rmSync(work, { recursive: true });
  console.log(`${names.length + 1} files in ${target()}, made twice and the same each time. Left to do:\n`);
  console.log(
    `  git tag --sign v${version} --file ${join(target(), 'RELEASE-NOTES.md')}\n  git push origin main v${version}`,
  );
  console.log(`  npm publish ${join(target(), `nbkp-${version}.tgz`)}`);
}

/** Clones what is committed and makes everything there. @returns {string} the folder with what was made */
function makeIn(folder, epoch) {
  const made = join(folder, 'made');
  const clone = join(folder, 'clone');
  const env = { ...process.env, SOURCE_DATE_EPOCH: epoch, npm_config_loglevel: 'error' };
  const run = (program, ...words) => execFileSync(program, words, { cwd: clone, env, stdio: ['ignore', 'ignore', 2] });
  mkdirSync(made, { recursive: true });
  execFileSync('git', ['clone', '--quiet', root, clone]);
  run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund');
  const fetched = join(root, '.cache/node');
  if (existsSync(fetched)) cpSync(fetched, join(clone, '.cache/node'), { recursive: true });
  run('npm', 'pack', '--pack-destination', made);
  run(process.execPath, 'scripts/package.js', 'all', made);
  const bom = bill(JSON.parse(readFileSync(join(clone, 'dist/build.json'), 'utf8')), version, Number(epoch));
  writeFileSync(join(made, `nbkp-${version}.cdx.json`), `${JSON.stringify(bom, null, 2)}\n`);
  cpSync(join(clone, 'dist/THIRD-PARTY-NOTICES.txt'), join(made, 'THIRD-PARTY-NOTICES.txt'));
  cpSync(join(clone, 'LICENSE'), join(made, 'LICENSE'));
  writeFileSync(join(made, 'RELEASE-NOTES.md'), entryOf(readFileSync(join(clone, 'CHANGELOG.md'), 'utf8'), version));
  return made;
}

function digestOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

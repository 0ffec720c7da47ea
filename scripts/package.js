/*
 * Makes what is installed without npm, in .cache/packages or the folder that is named last:
 *
 *   npm run package -- binary [DIR]   nbkp-VERSION-linux-ARCHITECTURE, one file with Node in it, and the same as .xz
 *   npm run package -- deb [DIR]      nbkp_VERSION_ARCHITECTURE.deb, with that file in it
 *   npm run package -- all [DIR]      both
 *   npm run package -- test           makes all of it and installs and uses each, as root: see test/installs
 *
 * npm's registry has Node itself; it is fetched once.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { makeBinary } from './package/binary.js';
import { DEBIAN, makeDeb } from './package/deb.js';
import { ARCHITECTURES, fetchNode } from './package/node.js';
import { buildWhatChanged } from './setup/build.js';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const [what, folder = join(root, '.cache/packages')] = process.argv.slice(2);

const MAKERS = { binary: binaries, deb: debs, all, test: tested };
if (!Object.hasOwn(MAKERS, what ?? '')) {
  console.error(`npm run package -- ${Object.keys(MAKERS).join('|')} [DIR]`);
  process.exit(64);
}
buildWhatChanged(root);
mkdirSync(folder, { recursive: true });
for (const file of await MAKERS[what](resolve(folder))) {
  console.log(`${basename(file)}  ${(statSync(file).size / 1024 ** 2).toFixed(1)} MiB`);
}

async function debs(target) {
  return debsOf(target, await oneFiles(target));
}

function debsOf(target, files) {
  return files.map(({ architecture, file }) => {
    const deb = join(target, `nbkp_${version}_${DEBIAN[architecture]}.deb`);
    const { licence } = fetchNode(root, architecture);
    makeDeb(root, { architecture, version, binary: file, licence, target: deb, epoch: sourceEpoch() });
    return deb;
  });
}

/** The time of what is made, in seconds since 1970: `SOURCE_DATE_EPOCH`, or that of the last commit. */
function sourceEpoch() {
  const given = process.env.SOURCE_DATE_EPOCH;
  return Number(given ?? execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }));
}

/** Not a part of `npm test`: it takes minutes, and a network once. */
async function tested(target) {
  const made = await all(target);
  const words = ['vitest', 'run', '--config', 'test/installs/vitest.config.ts'];
  execFileSync('npx', words, { cwd: root, stdio: 'inherit' });
  return made;
}

async function oneFiles(target) {
  const made = [];
  for (const architecture of ARCHITECTURES) {
    const file = join(target, `nbkp-${version}-linux-${architecture}`);
    await makeBinary(root, architecture, file);
    made.push({ architecture, file });
  }
  return made;
}

async function all(target) {
  const files = await oneFiles(target);
  return [...compressed(files), ...debsOf(target, files)];
}

async function binaries(target) {
  return compressed(await oneFiles(target));
}

function compressed(files) {
  return files.flatMap(({ file }) => {
    // The number of threads decides on the bytes.
    execFileSync('xz', ['--keep', '--force', '-3', '--threads=2', file]);
    return [file, `${file}.xz`];
  });
}

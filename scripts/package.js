/*
 * Makes what is installed without npm, in .cache/packages or the folder that is named last:
 *
 *   npm run package -- binary [DIR]   nbkp-VERSION-linux-ARCHITECTURE, one file with Node in it, and the same as .xz
 *   npm run package -- test           makes all of it and installs and uses each, as root: see test/installs
 *
 * npm's registry has Node itself; it is fetched once.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { makeBinary } from './package/binary.js';
import { ARCHITECTURES } from './package/node.js';
import { buildWhatChanged } from './setup/build.js';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const [what, folder = join(root, '.cache/packages')] = process.argv.slice(2);

const MAKERS = { binary: binaries, test: tested };
if (!Object.hasOwn(MAKERS, what ?? '')) {
  console.error(`npm run package -- ${Object.keys(MAKERS).join('|')} [DIR]`);
  process.exit(64);
}
buildWhatChanged(root);
mkdirSync(folder, { recursive: true });
for (const file of await MAKERS[what](resolve(folder))) {
  console.log(`${basename(file)}  ${(statSync(file).size / 1024 ** 2).toFixed(1)} MiB`);
}

/** Not a part of `npm test`: it takes minutes, and a network once. */
async function tested(target) {
  const made = await binaries(target);
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

async function binaries(target) {
  const made = [];
  for (const { file } of await oneFiles(target)) {
    // The number of threads decides on the bytes.
    execFileSync('xz', ['--keep', '--force', '-3', '--threads=2', file]);
    made.push(file, `${file}.xz`);
  }
  return made;
}

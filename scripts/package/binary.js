import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'postject';
import { fetchNode } from './node.js';

/** What nbkp reads of its package when it runs, and the licences, which go wherever the code goes. */
const ASSETS = [
  'package.json',
  'oclif.manifest.json',
  'dist/nbkp.cjs',
  'dist/build.json',
  'dist/executor.js',
  'dist/testkit.js',
  'dist/THIRD-PARTY-NOTICES.txt',
  'schemas/spec.schema.json',
  'LICENSE',
];

/** Of Node's documents ("Single executable applications"). */
const RESOURCE = 'NODE_SEA_BLOB';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/**
 * Makes nbkp as one file that needs no Node. The same sources make the same bytes, in whatever folder.
 *
 * @param {string} root folder of the repository, where dist/ is built
 * @param {'x64' | 'arm64'} architecture
 * @param {string} target path of the file
 */
export async function makeBinary(root, architecture, target) {
  const { program, licence } = fetchNode(root, architecture);
  const blob = makeBlob(root, `${target}.parts`, licence);
  copyFileSync(program, target);
  chmodSync(target, 0o755);
  await inject(target, RESOURCE, blob, { sentinelFuse: FUSE });
}

/** Node keeps the names that it is given, so they are relative ones. No compiled code: it would fit one processor alone. */
function makeBlob(root, folder, licence) {
  rmSync(folder, { recursive: true, force: true });
  const copy = (from, name) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    copyFileSync(from, join(folder, name));
  };
  for (const name of ['bin/run.js', ...ASSETS]) copy(join(root, name), name);
  copy(licence, 'NODE-LICENSE');
  const config = {
    main: 'bin/run.js',
    output: 'blob',
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
    execArgvExtension: 'none',
    assets: Object.fromEntries([...ASSETS, 'NODE-LICENSE'].map((name) => [name, name])),
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const node = fetchNode(root, process.arch).program;
  execFileSync(node, ['--experimental-sea-config', 'config.json'], { cwd: folder, stdio: ['ignore', 'ignore', 2] });
  const blob = readFileSync(join(folder, 'blob'));
  rmSync(folder, { recursive: true });
  return blob;
}

/*
 * Makes dist/ and the validators in src/: the program as one file, what authors of executors import as two more, the library as
 * another two, and the licences of the packages in them. With --if-changed, only when dist/ was made from other files than those that are there now.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { bundle, ROOT } from './build/bundle.js';
import { declarations } from './build/declarations.js';
import { loadedLater } from './build/loaded-later.js';
import { notices } from './build/notices.js';
import { packagesOf } from './build/packages.js';
import { quickOclif } from './build/quick-oclif.js';
import { validators } from './build/validators.js';
import { digestOfInputs, isBuilt, recordBuild } from './setup/build.js';

if (process.argv.includes('--if-changed') && isBuilt(ROOT)) process.exit();
const inputs = digestOfInputs(ROOT);
/**
 * What Node gives a CommonJS module, and what it does not give to code from a cache (build/quick-oclif.js). bin/run.js calls the
 * function that the file is: to put one around 3 MB at every start takes 3 ms.
 */
const PARAMETERS = 'exports, require, module, __filename, __dirname, importModule, readOwn';
/** Text by path below the root. */
const published = new Map();

for (const [path, text] of await validators(ROOT)) publish(path, text);
const [program, early, testkit, api, entry, library] = await Promise.all([
  bundle('src/index.ts', { format: 'cjs', plugins: [quickOclif] }),
  bundle('src/early.ts', { format: 'cjs' }),
  bundle('src/testkit/index.ts', { format: 'esm' }),
  bundle('src/executors/api.ts', { format: 'esm' }),
  bundle('src/api/index.ts', { format: 'esm', plugins: [loadedLater('library')] }),
  bundle('src/api/library.ts', { format: 'esm' }),
]);
// bin/run.js keeps compiled code under the name in the first line.
const digest = createHash('sha256').update(program.text).digest('hex').slice(0, 16);

publish('dist/nbkp.cjs', `// ${digest}\n(function (${PARAMETERS}) {${program.text}\n})\n`);
publish('dist/early.cjs', early.text);
publish('dist/testkit.js', testkit.text);
publish('dist/executor.js', api.text);
publish('dist/index.js', entry.text);
publish('dist/library.js', library.text);
for (const [path, text] of declarations(['testkit/index.ts', 'executors/api.ts', 'api/index.ts']))
  publish(`dist/types/${path}`, text);
for (const name of readdirSync(join(ROOT, 'packages'))) {
  const { text } = await bundle(`packages/${name}/src/hook.ts`, { format: 'esm' });
  publish(`packages/${name}/dist/hook.js`, text);
}
const bundled = packagesOf(ROOT, [...program.inputs, ...testkit.inputs, ...api.inputs, ...library.inputs]);
publish('dist/THIRD-PARTY-NOTICES.txt', notices(bundled));
const libraries = packagesOf(ROOT, program.inputs).map(({ name, version, license }) => ({ name, version, license }));
publish('dist/build.json', `${JSON.stringify({ build: digest, libraries }, null, 2)}\n`);
removeOthers('dist');
recordBuild(ROOT, inputs, published);

/** Another process may be running what is there. */
function publish(path, text) {
  const temporary = join(ROOT, '.cache', `${basename(path)}.${process.pid}`);
  for (const file of [temporary, join(ROOT, path)]) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(temporary, text);
  renameSync(temporary, join(ROOT, path));
  published.set(path, text);
}

/** What earlier builds made would be packed too. */
function removeOthers(folder) {
  for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
    const path = join(relative(ROOT, entry.parentPath), entry.name);
    if (!entry.isDirectory() && !published.has(path)) rmSync(join(ROOT, path));
  }
}

/*
 * Makes dist/: the program as one file, what authors of executors import as two more, and the licences of the packages
 * in them.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle, ROOT } from './build/bundle.js';
import { declarations } from './build/declarations.js';
import { notices } from './build/notices.js';
import { quickOclif } from './build/quick-oclif.js';

const [program, testkit, api] = await Promise.all([
  bundle('src/index.ts', { format: 'cjs', plugins: [quickOclif] }),
  bundle('src/testkit/index.ts', { format: 'esm' }),
  bundle('src/executors/api.ts', { format: 'esm' }),
]);
// bin/run.js keeps compiled code under the name in the first line.
const digest = createHash('sha256').update(program.text).digest('hex').slice(0, 16);

publish('nbkp.cjs', `// ${digest}\n${program.text}`);
publish('testkit.js', testkit.text);
publish('executor.js', api.text);
for (const [path, text] of declarations(['testkit/index.ts', 'executors/api.ts'])) publish(`types/${path}`, text);
for (const name of readdirSync(join(ROOT, 'packages'))) {
  const { text } = await bundle(`packages/${name}/src/hook.ts`, { format: 'esm' });
  publish(`../packages/${name}/dist/hook.js`, text);
}
publish('THIRD-PARTY-NOTICES.txt', notices(ROOT, [...new Set([...program.inputs, ...testkit.inputs, ...api.inputs])]));

/** Another process may be running what is there. */
function publish(name, content) {
  const temporary = join(ROOT, 'dist', `${name}.${process.pid}`);
  mkdirSync(dirname(temporary), { recursive: true });
  writeFileSync(temporary, content);
  renameSync(temporary, join(ROOT, 'dist', name));
}

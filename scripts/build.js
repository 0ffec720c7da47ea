/* Makes dist/: the program as one file, the kit for tests of executors as another, and the licences of the packages in them. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle, ROOT } from './build/bundle.js';
import { declarations } from './build/declarations.js';
import { notices } from './build/notices.js';
import { quickOclif } from './build/quick-oclif.js';

const [program, testkit] = await Promise.all([
  bundle('src/index.ts', { format: 'cjs', plugins: [quickOclif] }),
  bundle('src/testkit/index.ts', { format: 'esm' }),
]);
// bin/run.js keeps compiled code under the name in the first line.
const digest = createHash('sha256').update(program.text).digest('hex').slice(0, 16);

publish('nbkp.cjs', `// ${digest}\n${program.text}`);
publish('testkit.js', testkit.text);
for (const [path, text] of declarations(['testkit/index.ts'])) publish(`types/${path}`, text);
publish('THIRD-PARTY-NOTICES.txt', notices(ROOT, [...new Set([...program.inputs, ...testkit.inputs])]));

/** Another process may be running what is there. */
function publish(name, content) {
  const temporary = join(ROOT, 'dist', `${name}.${process.pid}`);
  mkdirSync(dirname(temporary), { recursive: true });
  writeFileSync(temporary, content);
  renameSync(temporary, join(ROOT, 'dist', name));
}

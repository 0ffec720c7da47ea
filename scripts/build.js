/* Makes dist/: the program as one file, and the licences of the packages in it. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, ROOT } from './build/bundle.js';
import { notices } from './build/notices.js';

const { text, inputs } = await bundle('src/index.ts');
// bin/run.js keeps compiled code under the name in the first line.
const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);

mkdirSync(join(ROOT, 'dist'), { recursive: true });
publish('nbkp.cjs', `// ${digest}\n${text}`);
publish('THIRD-PARTY-NOTICES.txt', notices(ROOT, inputs));

/** Another process may be running what is there. */
function publish(name, content) {
  const temporary = join(ROOT, 'dist', `${name}.${process.pid}`);
  writeFileSync(temporary, content);
  renameSync(temporary, join(ROOT, 'dist', name));
}

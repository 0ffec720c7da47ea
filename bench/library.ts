import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench } from './main.ts';
import { timeCommands } from './support/hyperfine.ts';
import { isInstalled } from './support/machine.ts';
import { NBKP, World } from './support/nbkp.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';

/** How many times as long as `nbkp --version` the import may take. */
const LIMIT = 2;

const SPEC = 'version = 1\n';
const PACKAGE = pathToFileURL(join(process.cwd(), 'dist', 'index.js')).href;
const IMPORT = `import { openSpec } from '${PACKAGE}';\n`;

/** What a program waits for that imports nbkp, as whole processes. */
export async function library({ scratch, quick }: Bench): Promise<void> {
  if (!isInstalled('hyperfine')) throw new Error('library needs hyperfine. Debian package: hyperfine');
  progress('library: timing');
  const { path, env } = new World(scratch.folder('library'), SPEC);
  const module = (name: string, text: string): string[] => {
    const file = join(path, `${name}.mjs`);
    writeFileSync(file, text);
    return [process.execPath, file];
  };
  const version = 'nbkp --version';
  const imported = "import 'nbkp'";
  const commands = {
    [version]: [...NBKP, '--version'],
    'an empty module': module('empty', ''),
    [imported]: module('import', IMPORT),
    'import and openSpec': module('open', `${IMPORT}await openSpec({ text: ${JSON.stringify(SPEC)} });\n`),
  };
  const times = await timeCommands(commands, { rounds: quick ? 1 : 10, runs: quick ? 3 : 15, cwd: path, env });
  table(
    'Library: whole processes',
    ['module', 'median', '× nbkp --version (range over rounds)', 'target'],
    Object.entries(times).map(([name, values]) => {
      const compared = ratios(values, times[version]);
      const verdict = name === imported ? target(median(compared), LIMIT) : '';
      return [name, milliseconds(median(values)), spread(compared), verdict];
    }),
  );
}

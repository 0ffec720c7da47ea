/*
 * Starts the measurements: `npm run bench`, or `npm run bench -- start` for one or more of the names in bench/main.ts. They are
 * TypeScript, so they are bundled first.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const outdir = join(root, '.cache', 'bench');

await build({
  absWorkingDir: root,
  entryPoints: ['bench/main.ts', 'bench/planner.ts'],
  outdir,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});

const child = spawn(process.execPath, [join(outdir, 'main.cjs'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// A terminal sends them to the child too, which clears up and then ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => (process.exitCode = code ?? 1));

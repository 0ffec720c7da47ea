/*
 * Starts the lab's machine by hand: `npm run lab`. What is typed runs in it as root, line by line. It is TypeScript, so
 * it is bundled first.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const outfile = join(import.meta.dirname, '..', '..', '.cache', 'lab', 'by-hand.mjs');

await build({
  entryPoints: [join(import.meta.dirname, 'by-hand.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The scripts for the machine stay where they are.
  define: { 'import.meta.url': JSON.stringify(pathToFileURL(import.meta.filename)) },
  logLevel: 'warning',
});

const child = spawn(process.execPath, [outfile], { stdio: 'inherit' });
child.on('exit', (code) => (process.exitCode = code ?? 1));

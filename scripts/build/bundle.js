import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pureEntries } from './pure-entries.js';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Bundles a TypeScript file and all that it imports into one text for Node 20.
 *
 * @param {string} entry path below the root
 * @param {{format: 'cjs' | 'esm', plugins?: import('esbuild').Plugin[]}} how
 * @returns {Promise<{text: string, inputs: string[]}>} the code, plain ASCII, and the files that are in it
 */
export async function bundle(entry, { format, plugins = [] }) {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node20',
    format,
    charset: 'ascii',
    legalComments: 'none',
    // Names stay, so that the trace in a report of a bug can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    // oclif looks for it only to run TypeScript sources, which `src/index.ts` switches off.
    // The keyring is native and optional: loaded only when it is asked.
    external: ['typescript', '@napi-rs/keyring'],
    plugins: [pureEntries, ...plugins],
    logLevel: 'warning',
  });
  const [output] = result.outputFiles;
  const [{ inputs }] = Object.values(result.metafile.outputs);
  const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { text: toAscii(output.text), inputs: used.map(([file]) => file) };
}

/** esbuild escapes what is in strings but leaves regular expressions as they are; the escape means the same there. */
function toAscii(text) {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

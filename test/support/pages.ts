import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a page tells the reader to type, block by block, without what is said of it on the same line. */
export function typedBlocks(page: string): string[][] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const scripts = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block.split('\n'));
  const consoles = [...text.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, block = '']) =>
    block.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : [])),
  );
  return [...scripts, ...consoles].map((lines) =>
    lines.map((line) => line.replace(/(?:^| +)# .*/, '')).filter(Boolean),
  );
}

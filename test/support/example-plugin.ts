import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../docs/writing-an-executor.md', import.meta.url));

/** The files that docs/writing-an-executor.md shows, by name: each is a block after a line with its name. */
export function exampleFiles(): Record<string, string> {
  const blocks = readFileSync(PAGE, 'utf8').matchAll(/^`([\w./-]+)`:\n\n```\w+\n([^]*?)^```/gm);
  return Object.fromEntries([...blocks].map(([, name = '', text = '']) => [name, text]));
}

/** Writes the example into a folder. `change` may make a mistake in a file. */
export function writeExample(folder: string, change: (text: string, file: string) => string = (text) => text): void {
  for (const [file, text] of Object.entries(exampleFiles())) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), change(text, file));
  }
}

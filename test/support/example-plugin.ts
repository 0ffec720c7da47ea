import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files that a page of the docs shows, by name: each is a block after a line with its name. */
export function exampleFiles(page = 'writing-an-executor'): Record<string, string> {
  const path = fileURLToPath(new URL(`../../docs/${page}.md`, import.meta.url));
  const blocks = readFileSync(path, 'utf8').matchAll(/^`([\w./-]+)`:\n\n```\w+\n([^]*?)^```/gm);
  return Object.fromEntries([...blocks].map(([, name = '', text = '']) => [name, text]));
}

/** Writes the example of a page into a folder. `change` may make a mistake in a file. */
export function writeExample(
  folder: string,
  change: (text: string, file: string) => string = (text) => text,
  page?: string,
): void {
  for (const [file, text] of Object.entries(exampleFiles(page))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), change(text, file));
  }
}

// Makes everything that is generated and checked in: each file of scripts/generate/ exports a function `generate` that
// returns the files it makes. They run in the order of their names.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const folder = join(import.meta.dirname, 'generate');

const names = (await readdir(folder)).filter((name) => name.endsWith('.js')).sort();
for (const name of names) {
  const { generate } = await import(pathToFileURL(join(folder, name)).href);
  for (const [path, text] of Object.entries(await generate(root))) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    console.log(`${relative(root, join(folder, name))}: ${path}`);
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const page = readFileSync('docs/architecture.md', 'utf8');

/** `a/{b,c}.ts` as `a/b.ts` and `a/c.ts`. */
function expanded(path: string): string[] {
  const [, before = '', names, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
  return names === undefined ? [path] : names.split(',').map((name) => before + name + after);
}

/** Paths begin at the root, in `src/` or in `src/planner/`; a name by itself is beside the path before it. */
function missingOf(line: string): string[] {
  let folder = '';
  const paths = [...line.matchAll(/`([\w./{},-]+(?:\/[\w-]+\/|\.ts))`/g)].flatMap(([, path = '']) => expanded(path));
  return paths.filter((path) => {
    const found = ['', 'src', 'src/planner', folder].map((start) => join(start, path)).find((each) => existsSync(each));
    folder = found?.endsWith('/') === true ? found : dirname(found ?? folder);
    return found === undefined;
  });
}

it('names only folders and files that are there', () => {
  const lines = page.split('\n').map((line) => line.replaceAll('<kind>/', ''));
  expect(lines.flatMap(missingOf)).toEqual([]);
  expect(lines.filter((line) => line.startsWith('| ')).length).toBeGreaterThan(70);
});

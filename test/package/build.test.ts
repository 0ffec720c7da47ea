import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildWhatChanged, isBuilt } from '../../scripts/setup/build.js';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const SETUP = fileURLToPath(new URL('../../scripts/setup/build.js', import.meta.url));

/** In place of the real build, which takes seconds: it copies one file, and notes that it was run. */
const BUILD = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { digestOfInputs, isBuilt, recordBuild } from ${JSON.stringify(SETUP)};
const root = process.cwd();
if (process.argv.includes('--if-changed') && isBuilt(root)) process.exit();
appendFileSync('builds', 'built\\n');
const inputs = digestOfInputs(root);
const text = readFileSync('src/index.ts', 'utf8');
if (text.includes('broken')) process.exit(1);
mkdirSync('dist', { recursive: true });
writeFileSync('dist/nbkp.cjs', text);
recordBuild(root, inputs, new Map([['dist/nbkp.cjs', text]]));
`;

let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
  for (const folder of ['src/planner', 'packages/notify/dist', 'schemas', 'scripts'])
    mkdirSync(at(folder), { recursive: true });
  for (const file of ['src/index.ts', 'package-lock.json', 'tsconfig.json']) writeFileSync(at(file), '{}');
  writeFileSync(at('package.json'), '{ "type": "module" }');
  writeFileSync(at('scripts/build.js'), BUILD);
});

afterEach(() => dir.remove());

function at(path: string): string {
  return join(dir.path, path);
}

function builds(): number {
  return readFileSync(at('builds'), 'utf8').split('\n').length - 1;
}

describe('what the tests run', () => {
  it('is made when it is not there, and not again while nothing changes', () => {
    buildWhatChanged(dir.path);
    buildWhatChanged(dir.path);
    expect(builds()).toBe(1);
    expect(isBuilt(dir.path)).toBe(true);
  });

  it.each([
    ['a source changed', () => appendFileSync(at('src/index.ts'), ' ')],
    ['a source came', () => writeFileSync(at('src/planner/new.ts'), '')],
    ['a schema came', () => writeFileSync(at('schemas/new.json'), '')],
    ['other packages are to be installed', () => appendFileSync(at('package-lock.json'), ' ')],
    ['a file of it was lost', () => rmSync(at('dist/nbkp.cjs'))],
    ['a file of it was changed', () => appendFileSync(at('dist/nbkp.cjs'), ' ')],
  ])('is made again when %s', (_, change) => {
    buildWhatChanged(dir.path);
    change();
    expect(isBuilt(dir.path)).toBe(false);
    buildWhatChanged(dir.path);
    expect(builds()).toBe(2);
    expect(readFileSync(at('dist/nbkp.cjs'), 'utf8')).toBe(readFileSync(at('src/index.ts'), 'utf8'));
  });

  it('is not made again for what a build makes', () => {
    buildWhatChanged(dir.path);
    writeFileSync(at('packages/notify/dist/hook.js'), '');
    expect(isBuilt(dir.path)).toBe(true);
  });

  it('stops the tests when it cannot be made, and is no good the next time either', () => {
    writeFileSync(at('src/index.ts'), 'broken');
    expect(() => buildWhatChanged(dir.path)).toThrow('dist/ could not be made');
    expect(() => buildWhatChanged(dir.path)).toThrow('dist/ could not be made');
  });

  it('is made once when several test runs start at the same time', async () => {
    const script = `import { buildWhatChanged } from ${JSON.stringify(SETUP)}; buildWhatChanged(${JSON.stringify(dir.path)});`;
    const runs = [1, 2, 3, 4].map(() => spawn(process.execPath, ['--input-type=module', '-e', script]));
    const codes = await Promise.all(runs.map(async (run) => (await once(run, 'exit'))[0] as unknown));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(builds()).toBe(1);
  });
});

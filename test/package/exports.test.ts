import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function run(program: string, ...words: string[]): { status: number | null; output: string } {
  const env = {
    ...process.env,
    PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    NO_COLOR: '1',
  };
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: ROOT, env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('the entry points of the packed package', () => {
  let dir: TempDir;
  let tarball: string;

  beforeAll(async () => {
    dir = await makeTempDir();
    const { output } = run('npm', 'pack', '--silent', '--pack-destination', dir.path);
    tarball = join(dir.path, output.trim().split('\n').at(-1) ?? '');
  });
  afterAll(() => dir.remove());

  it('are what publint expects', () => {
    const { status, output } = run('publint', 'run', tarball, '--strict');
    expect(status, output).toBe(0);
    expect(output).toContain('All good!');
  });

  it('have types that fit in every way in which ES modules are resolved', () => {
    const { status, output } = run('attw', tarball, '--profile', 'esm-only', '--format', 'json');
    expect(status, output).toBe(0);
    const { analysis } = JSON.parse(output) as { analysis: { entrypoints: Record<string, unknown> } };
    expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining(['.', './executor', './testkit']));
  });

  it('weigh little where they are loaded at run time', () => {
    expect(readFileSync(join(ROOT, 'dist/executor.js')).length).toBeLessThan(32_000);
    // Node reads this at the import of nbkp, and dist/library.js when a spec is opened.
    expect(readFileSync(join(ROOT, 'dist/index.js')).length).toBeLessThan(5_000);
  });
});

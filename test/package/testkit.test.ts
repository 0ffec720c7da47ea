import { transformSync } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAWS } from '../../src/testkit/laws/index.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The example of the page, as it is. */
const [HONEST = ''] =
  /(?<=```js\n).*?(?=```)/s.exec(readFileSync(join(ROOT, 'docs/testing-an-executor.md'), 'utf8')) ?? [];

const LIAR = HONEST.replace(
  'executor: shelf',
  "executor: { ...shelf, apply: async () => ({ outcome: 'done', findings: [] }) }",
);

/** What a plugin in TypeScript says of its types. */
const TYPED = `
import * as nodeTest from 'node:test';
import { describeExecutor, LawBroken, type Judge, type Runner, type Subject, type World } from 'nbkp/testkit';

const judge: Judge = { sound: () => undefined, finished: async () => undefined };
const world: World = { spec: (root) => root, make: () => judge, recurring: ['transfer'] };
export const test = (executor: Subject['executor'], runner: Runner): void => {
  describeExecutor({ executor, world }, runner);
  describeExecutor({ executor, world }, nodeTest);
  // @ts-expect-error: a world has to be made.
  describeExecutor({ executor, world: { spec: () => '' } });
};
export const isBroken = (error: unknown): boolean => error instanceof LawBroken && error.law === 'pure';
`;

/** A plugin's own folder: nothing of this clone is within its reach but the packed nbkp. */
describe('nbkp/testkit of the packed tarball, installed elsewhere', () => {
  let dir: TempDir;
  const write = (name: string, text: string): void => writeFileSync(join(dir.path, name), text);
  const run = (program: string, ...words: string[]) =>
    spawnSync(program, words, { cwd: dir.path, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: dir.path } });

  beforeAll(async () => {
    dir = await makeTempDir();
    write('package.json', '{ "name": "nbkp-shelf", "version": "1.0.0", "type": "module" }');
    const words = ['pack', ROOT, '--json', '--loglevel=error', '--pack-destination', dir.path];
    const [packed] = JSON.parse(execFileSync('npm', words, { cwd: dir.path, encoding: 'utf8' })) as [
      { filename: string },
    ];
    execFileSync('npm', ['install', '--offline', '--loglevel=error', join(dir.path, packed.filename)], {
      cwd: dir.path,
    });
    const shelf = readFileSync(join(ROOT, 'test/conformance/shelf.ts'), 'utf8');
    write('shelf.js', transformSync(shelf, { loader: 'ts' }).code);
    write('honest.test.js', HONEST);
    write('liar.test.js', LIAR);
  });
  afterAll(() => dir.remove());

  it('runs each law with node:test on the example of docs/testing-an-executor.md', () => {
    const { status, stdout } = run(process.execPath, '--test', '--test-reporter=tap', 'honest.test.js');
    const passed = LAWS.filter(({ name, says }, at) => stdout.includes(`ok ${at + 1} - ${name}: ${says}\n`));
    expect(passed, stdout).toEqual(LAWS);
    expect(stdout).not.toContain('not ok');
    expect(status).toBe(0);
  });

  it('fails under node:test, and says why, for an executor that does nothing', () => {
    const { status, stdout } = run(process.execPath, '--test', '--test-reporter=spec', 'liar.test.js');
    expect(status).toBe(1);
    expect(stdout).toContain('the executor shelf breaks the law "finished": ');
    expect(stdout).toMatch(
      /when: {2}in a run that nothing disturbed\n.*found: The work is not done: `finished` of the world/,
    );
  });

  it('has types that a strict compiler takes', () => {
    write('typed.ts', TYPED);
    const options = {
      ...{ module: 'nodenext', target: 'es2023', strict: true, noEmit: true, skipLibCheck: false },
      ...{ types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] },
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions: options, files: ['typed.ts'] }));
    const { status, stdout } = run(process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'));
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

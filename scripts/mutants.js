/*
 * Changes the sources in one place after another and looks which of the changes a fast test notices:
 *
 *   npm run mutants -- [--seed N] [--sample N] [--minutes N] [--near] FOLDER_OR_FILE …
 *
 * The same seed picks the same changes. With --near only the tests of the same folders run: a first look, in less time. docs/testing.md says what to do with one that no test notices.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { summary } from './mutants/summary.js';

const root = join(import.meta.dirname, '..');
const work = join(root, '.cache/mutants');
const PLUGIN = fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    sample: { type: 'string', default: '400' },
    minutes: { type: 'string', default: '60' },
    near: { type: 'boolean', default: false },
  },
});
const [seed, size, minutes] = [values.seed, values.sample, values.minutes].map(Number);

const paths = positionals.map((path) => relative(root, resolve(root, path)));
const missing = paths.filter((path) => !existsSync(join(root, path)));
if (paths.length === 0 || missing.length > 0 || ![seed, size, minutes].every(Number.isInteger)) {
  for (const path of missing) console.error(`There is no ${path}.`);
  console.error('npm run mutants -- [--seed N] [--sample N] [--minutes N] [--near] FOLDER_OR_FILE …');
  process.exitCode = 2;
} else await run();

async function run() {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'stryker.json'), JSON.stringify(settings()));
  const finished = await inTime();
  const { samples } = JSON.parse(read('sample.json') || '{"samples":[]}');
  const results = read('results').split('\n').filter(Boolean);
  console.log(
    summary(
      seed,
      samples,
      results.map((line) => JSON.parse(line)),
    ),
  );
  if (finished) return;
  console.error('It ended before all of them were tried.');
  process.exitCode = 1;
}

function settings() {
  const patterns = paths.map((path) => (statSync(join(root, path)).isDirectory() ? `${path}/**/*.ts` : path));
  return {
    mutate: [...patterns, '!**/generated/**'],
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/mutants/vitest.config.js' },
    plugins: [PLUGIN, join(import.meta.dirname, 'mutants/plugin.js')],
    checkers: ['sample'],
    reporters: ['sample'],
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // An endless loop is seen by its count. What hangs otherwise may take long: a busy machine must not look like it.
    timeoutMS: 120_000,
    timeoutFactor: 10,
    dryRunTimeoutMinutes: 60,
    tempDirName: join(work, 'sandbox'),
    ignorePatterns: ['.cache', 'dist', 'packages/*/dist', 'test/lab', 'test/campaign'],
    allowConsoleColors: false,
    warnings: { unknownOptions: false, slow: false },
    sample: { paths, seed, size, folder: work },
  };
}

/** @returns whether Stryker came to its end; what it has found until then is in files either way */
async function inTime() {
  setPriority(15);
  const command = fileURLToPath(new URL('../../bin/stryker.js', import.meta.resolve('@stryker-mutator/core')));
  const stryker = spawn(process.execPath, [command, 'run', join(work, 'stryker.json')], {
    cwd: root,
    env: { ...process.env, NBKP_MUTATED: JSON.stringify({ paths, near: values.near }) },
    stdio: ['ignore', 'inherit', 'inherit'],
    // Its group is that of all tests which it starts: what hangs in one of them ends with it.
    detached: true,
  });
  const end = () => process.kill(-stryker.pid, 'SIGKILL');
  const limit = setTimeout(end, minutes * 60_000);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  const code = await new Promise((done) => stryker.on('exit', done));
  clearTimeout(limit);
  rmSync(join(work, 'sandbox'), { recursive: true, force: true });
  return code === 0;
}

function read(name) {
  const file = join(work, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

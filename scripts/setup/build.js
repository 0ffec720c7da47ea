import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What dist/ is made of, beside the npm packages that package-lock.json names. */
const INPUTS = ['src', 'packages', 'schemas', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** What in them a build makes, and npm. */
const LEFT_OUT = /^(dist|node_modules|validate-[a-z]+\.js)$/;

/**
 * Makes dist/, unless what is there was made from the files that are there now. When several processes ask at once,
 * one makes it and the others wait.
 *
 * @param {string} root of the repository; its npm packages have to be there
 * @throws when it cannot be made; the reason is on standard error
 */
export function buildWhatChanged(root) {
  if (isBuilt(root)) return;
  mkdirSync(join(root, '.cache'), { recursive: true });
  const command = [process.execPath, join(root, 'scripts/build.js'), '--if-changed'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const locked = spawnSync('flock', [join(root, '.cache/build.lock'), ...command], options);
  // Without flock two builds at once do the same work twice: each file is replaced as a whole.
  const noFlock = locked.error !== undefined && locked.error.code === 'ENOENT';
  const { status, error } = noFlock ? spawnSync(command[0], command.slice(1), options) : locked;
  if (status !== 0) throw new Error('dist/ could not be made', { cause: error });
}

/**
 * @param {string} root of the repository
 * @returns {boolean} whether dist/ was made from the files that are there now, and has not changed since
 */
export function isBuilt(root) {
  const record = readIfThere(recordIn(root));
  if (record === null) return false;
  const { inputs, outputs } = JSON.parse(record);
  if (inputs !== digestOfInputs(root)) return false;
  return Object.entries(outputs).every(([path, digest]) => {
    const content = readIfThere(join(root, path));
    return content !== null && digestOf(content) === digest;
  });
}

/** @param {string} root of the repository */
export function digestOfInputs(root) {
  const all = createHash('sha256');
  for (const path of INPUTS.flatMap((each) => filesIn(root, each)))
    all.update(`${path}\0${digestOf(readFileSync(join(root, path)))}\n`);
  return all.digest('hex');
}

/**
 * Notes that dist/ is complete. It comes last: after a build that was killed there is no note of it.
 *
 * @param {string} root of the repository
 * @param {string} inputs what `digestOfInputs` said before anything was read
 * @param {Map<string, string>} outputs text by path below the root
 */
export function recordBuild(root, inputs, outputs) {
  const digests = [...outputs].map(([path, text]) => [path, digestOf(text)]);
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(recordIn(root), JSON.stringify({ inputs, outputs: Object.fromEntries(digests) }));
}

function recordIn(root) {
  return join(root, '.cache/build.json');
}

function digestOf(content) {
  return createHash('sha256').update(content).digest('hex');
}

function filesIn(root, path) {
  const entries = directoryAt(join(root, path));
  if (entries === null) return [path];
  const kept = entries.filter(({ name }) => !LEFT_OUT.test(name)).map(({ name }) => name);
  return kept.sort().flatMap((name) => filesIn(root, `${path}/${name}`));
}

function directoryAt(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

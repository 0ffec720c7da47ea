#!/usr/bin/env node
'use strict';
/*
 * Starts nbkp from its one bundled file. Most of a short run is Node compiling that file, so what V8 compiled is kept
 * between runs; docs/decisions/0003-start-up.md has the measurements. The same program starts nbkp where it is one file
 * with Node: what is read from the folder of the package otherwise, is inside it then.
 */
const fs = require('fs');
const path = require('path');

const MINIMUM_NODE = 20;
const NODE_VERSION = Number(process.versions.node.split('.')[0]);
const HELP = 'help';
const LOOKING = new Set('plan run apply status check verify snapshots ls find restore graph'.split(' '));
/** Characters: more would be no argument of a shell, which is told nothing early then. */
const MOST_ASKED = 100_000;
const SUM_BYTES = 32;
const DAY = 86_400_000; // milliseconds
/** Node gives a program that is inside it the name of the whole file. */
const isOneFile = __filename === process.execPath;
// No file can be below a file: nothing is ever taken from there by accident.
const root = isOneFile ? process.execPath : path.dirname(__dirname);
const bundle = path.join(root, 'dist', 'nbkp.cjs');

main(process.argv.slice(2));

function main(argv) {
  if (NODE_VERSION < MINIMUM_NODE) {
    return refuse(`nbkp needs Node ${MINIMUM_NODE} or newer; this is ${process.version} (${process.execPath}).`);
  }
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) return printVersion();
  if (!isOneFile && !fs.existsSync(bundle))
    return refuse(`${bundle} is missing. In a clone of nbkp, run: npm run build`);
  return start(argv);
}

/** The line that oclif prints for `--version`, without loading it. */
function printVersion() {
  const { name, version } = packageJson();
  const line = `${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`;
  try {
    fs.writeSync(1, line);
  } catch (error) {
    if (error.code !== 'EPIPE') throw error;
  }
}

function packageJson() {
  return JSON.parse(asset('package.json'));
}

/** A file of nbkp as text, by its path in the package. */
function asset(name, encoding = 'utf8') {
  if (!isOneFile) return fs.readFileSync(path.join(root, name), encoding);
  return Buffer.from(require('node:sea').getRawAsset(name)).toString(encoding);
}

/** Reads for oclif, which knows nbkp's files by their absolute paths. */
function readOwn(file) {
  const isOwn = file.startsWith(`${root}${path.sep}`);
  return isOwn ? asset(file.slice(root.length + 1)) : fs.readFileSync(file, 'utf8');
}

/** What starts this nbkp again from any folder. */
function ownProgram() {
  if (!isOneFile) return [process.execPath, path.resolve(process.argv[1])];
  // A link such as nbkp → nbkp-1.2.3 stays right when the next version comes; the file that it leads to does not.
  const [, typed] = process.argv;
  const folders = typed.includes('/') ? [process.cwd()] : (process.env.PATH ?? '').split(':').filter(isAbsolute);
  return [folders.map((folder) => path.resolve(folder, typed)).find(isThisFile) ?? process.execPath];
}

/** Where /proc is not mounted, Node does not know which file it is: then the one that a shell would have found. */
function isThisFile(file) {
  if (!fs.existsSync(file)) return false;
  return !fs.existsSync(process.execPath) || fs.realpathSync(file) === fs.realpathSync(process.execPath);
}

function refuse(message) {
  fs.writeSync(2, `${message}\n`);
  process.exitCode = 1;
}

async function start(argv) {
  const installed = {
    root,
    pjson: packageJson(),
    form: isOneFile ? 'file' : 'package',
    program: ownProgram(),
    asset: (name) => asset(name),
  };
  const look = looksHere(argv) ? lookOf(argv) : null;
  const begun = look === null ? null : require(path.join(root, 'dist', 'early.cjs')).beginProbe(look.asked);
  const { exports, keep, isKept } = loadCompiled(argv);
  // What is loaded until then was compiled with the options that Node begins with, and so is what would be kept.
  if (isKept) setImmediate(optimiseLater);
  const asked = await exports.run(argv, installed, begun);
  keep();
  if (look !== null && asked !== null && asked !== look.asked && asked.length < MOST_ASKED) look.keep(asked);
}

/**
 * V8 compiles once more what has run for a while, and Node does not end before that is done: a short run never gets back what that
 * takes. After Node 20 V8 waits for longer by itself.
 */
function optimiseLater() {
  if (NODE_VERSION === 20) require('v8').setFlagsFromString('--interrupt-budget=1000000');
}

/** Most of these begin with a look at this machine. That is begun first, beside all that is loaded. */
function looksHere([word, ...others]) {
  return !isOneFile && LOOKING.has(word) && !others.some((other) => /^(?:-h|--(?:help|facts|offline))/.test(other));
}

/**
 * What such a look was asked the last time that the same words were typed in the same folder: mostly the spec asks the same again,
 * and then it has its answer when that has been read.
 */
function lookOf(argv) {
  const directory = cacheDirectory();
  if (directory === null) return { asked: null, keep: () => {} };
  const name = `${topicOf(argv)}.asked`;
  const typed = `${JSON.stringify([process.env.PWD, process.env.NBKP_SPEC, argv])}\n`;
  const kept = readKept(directory, name)?.toString() ?? '';
  const asked = kept.startsWith(typed) ? kept.slice(typed.length) : null;
  return { asked, keep: (text) => writeKept(directory, name, Buffer.from(typed + text)) };
}

/**
 * Loads the bundle as `require` would, with the code that V8 compiled in an earlier run.
 *
 * @returns the bundle's exports, whether their code was kept, and a function that keeps what this run compiled
 */
function loadCompiled(argv) {
  const Module = module.constructor;
  const { Script } = require('vm');
  // scripts/build.js makes it plain ASCII, which is read fastest so.
  const source = asset('dist/nbkp.cjs', 'latin1');
  const topic = topicOf(argv);
  const directory = cacheDirectory();
  const build = source.slice(3, source.indexOf('\n'));
  const name = `${build}-${process.version}-${process.arch}-${topic}.v8`;
  const cachedData = directory === null ? undefined : readKept(directory, name);
  const script = new Script(source, { filename: bundle, cachedData });
  const loaded = new Module(bundle, module);
  loaded.filename = bundle;
  const run = script.runInThisContext();
  const words = [loaded.exports, requireBeside(loaded), loaded, bundle, path.dirname(bundle), importer(), readOwn];
  run.apply(loaded.exports, words);
  loaded.loaded = true;
  const isKept = cachedData !== undefined && script.cachedDataRejected === false;
  const keep = () => {
    if (directory === null || isKept || !isTopic(topic, loaded.exports.COMMANDS)) return;
    writeKept(directory, name, script.createCachedData(), () => removeOutdated(directory, build));
  };
  return { exports: loaded.exports, keep, isKept };
}

/** oclif asks `require` for the file that holds the commands: it has to get this instance. */
function requireBeside(loaded) {
  const others = isOneFile ? require('module').createRequire(process.execPath) : require;
  const own = (id) => (id === bundle ? loaded.exports : others(id));
  return Object.assign(own, others, { resolve: (id) => (id === bundle ? id : others.resolve(id)) });
}

/** Code inside a file with Node can import nothing but what is in Node. */
function importer() {
  if (!isOneFile) return (url) => import(url);
  const { Script, constants } = require('vm');
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  return new Script('(url) => import(url)', { filename: process.execPath, importModuleDynamically }).runInThisContext();
}

/** Each first word has a cache of its own, since V8 keeps only what a run used. */
function topicOf([word = HELP]) {
  return /^[a-z]{1,20}$/.test(word) ? word : HELP;
}

function isTopic(topic, commands) {
  return topic === HELP || Object.keys(commands).some((id) => id.split(':')[0] === topic);
}

/** Null when there is no home for a cache. */
function cacheDirectory() {
  const { XDG_CACHE_HOME, HOME } = process.env;
  const base = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : isAbsolute(HOME) ? path.join(HOME, '.cache') : null;
  return base === null ? null : path.join(base, 'nbkp');
}

function isAbsolute(value) {
  return value !== undefined && path.isAbsolute(value);
}

/** What is kept is run: only what nobody else could have written is used. */
function isOurs(stats) {
  return stats.uid === process.getuid() && (stats.mode & 0o022) === 0;
}

/** The data of a cache file without the sum at its end. V8 does not check what it is given: damaged code ends Node. */
function readKept(directory, name) {
  let descriptor;
  try {
    if (!isOurs(fs.lstatSync(directory))) return undefined;
    descriptor = fs.openSync(path.join(directory, name), fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
    if (!isOurs(fs.fstatSync(descriptor))) return undefined;
    const content = fs.readFileSync(descriptor);
    const data = content.subarray(0, -SUM_BYTES);
    return sumOf(data).equals(content.subarray(-SUM_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function sumOf(data) {
  return require('crypto').createHash('sha256').update(data).digest();
}

/** A cache that cannot be written costs time and nothing else, so no failure is reported. */
function writeKept(directory, name, data, then = () => {}) {
  try {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (!isOurs(fs.lstatSync(directory))) return;
    const temporary = path.join(directory, `${name}.${process.pid}`);
    fs.writeFileSync(temporary, Buffer.concat([data, sumOf(data)]), { mode: 0o600, flag: 'wx' });
    fs.renameSync(temporary, path.join(directory, name));
    then();
  } catch {
    return;
  }
}

/** Removes what other builds left, and half of what was to be kept. One that was written today may still be in use. */
function removeOutdated(directory, build) {
  const isOutdated = (name) => name.includes('.asked.') || (name.includes('.v8') && !name.startsWith(build));
  const outdated = fs.readdirSync(directory).filter(isOutdated);
  for (const file of outdated.map((name) => path.join(directory, name))) {
    if (Date.now() - fs.statSync(file).mtimeMs > DAY) fs.unlinkSync(file);
  }
}

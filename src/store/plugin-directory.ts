import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { LockRequest } from '../planner/model/step.ts';
import { makeDirectory, syncDirectory, TEMPORARY, writeAtomically } from './files.ts';
import { readUserPlugins, type UserPlugin } from './plugin-packages.ts';

/** Below it each change of the installed packages has a directory of its own. */
const INSTALLED = 'installed';

/** A link that is to become `node_modules` begins so. */
const NEXT_LINK = '.node_modules-';

/** A set of installed packages that nobody uses yet. */
export interface Stage {
  /** Where npm works. */
  path: string;
  /** Names of its dependencies, with what npm wrote of where they come from. */
  dependencies(): Record<string, string>;
  /** The absolute path in such a text; null when it is none. */
  pathOf(from: string): string | null;
}

/**
 * Makes a copy of what is installed, in which npm can work while the former state stays in use. Removes what a killed
 * change has left. Throws what the system reports.
 */
export function stagePlugins(dataDir: string): Stage {
  const installed = join(dataDir, INSTALLED);
  makeDirectory(installed);
  const current = currentOf(dataDir);
  for (const name of readdirSync(installed)) {
    if (join(installed, name) !== current) rmSync(join(installed, name), { recursive: true, force: true });
  }
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(NEXT_LINK) || name.startsWith(TEMPORARY)) rmSync(join(dataDir, name), { force: true });
  }
  const path = join(installed, randomBytes(4).toString('hex'));
  if (current === null) makeDirectory(path);
  else cpSync(current, path, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  if (!existsSync(join(path, 'package.json'))) writeAtomically(join(path, 'package.json'), '{}\n');
  return { path, dependencies: () => readUserPlugins(path).dependencies, pathOf: (from) => fileOf(from, path) };
}

/** The directory whose `node_modules` are in use; null when there is none. */
function currentOf(dataDir: string): string | null {
  try {
    return join(dataDir, readlinkSync(join(dataDir, 'node_modules')), '..');
  } catch {
    return null;
  }
}

/**
 * Makes a stage the one that is used. Killed anywhere, there are the former packages or the new ones: what is listed is
 * there, since `node_modules` changes by rename before a package is listed, and after it is no longer. The former packages
 * stay until the next change, for runs that are going on.
 */
export function publishStage(dataDir: string, stage: Stage, plugins: UserPlugin[]): void {
  const former = readUserPlugins(dataDir).oclif.plugins;
  const remain = plugins.filter(({ name }) => former.some((each) => each.name === name));
  if (remain.length < former.length) listPlugins(dataDir, remain);
  const link = join(dataDir, `${NEXT_LINK}${randomBytes(4).toString('hex')}`);
  symlinkSync(relative(dataDir, join(stage.path, 'node_modules')), link);
  renameSync(link, join(dataDir, 'node_modules'));
  syncDirectory(dataDir);
  listPlugins(dataDir, plugins, absolute(stage.dependencies(), stage.path));
}

/** Puts `nbkp` next to the packages of a stage: `nbkp/executor` comes from the nbkp that runs them. */
export function linkOwn(stage: Stage, nbkp: string): void {
  const own = join(stage.path, 'node_modules', 'nbkp');
  makeDirectory(join(stage.path, 'node_modules'));
  rmSync(own, { recursive: true, force: true });
  symlinkSync(nbkp, own);
}

/** Removes a stage that is not used. */
export function discardStage(stage: Stage): void {
  rmSync(stage.path, { recursive: true, force: true });
}

/** Writes which plugins there are, in oclif's layout. */
export function listPlugins(dataDir: string, plugins: UserPlugin[], dependencies?: Record<string, string>): void {
  makeDirectory(dataDir);
  const former = readUserPlugins(dataDir);
  const content = {
    ...former,
    private: true,
    dependencies: dependencies ?? former.dependencies,
    oclif: { ...former.oclif, schema: 1, plugins },
  };
  writeAtomically(join(dataDir, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
}

/** npm writes files relative to where it works. */
function absolute(dependencies: Record<string, string>, at: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, from]) => {
      const path = fileOf(from, at);
      return [name, path === null ? from : `file:${path}`];
    }),
  );
}

function fileOf(from: string, at: string): string | null {
  return from.startsWith('file:') ? resolve(at, from.slice('file:'.length)) : null;
}

/** Who changes the plugins holds it. Makes the directory. */
export function pluginsLock(dataDir: string): LockRequest {
  makeDirectory(dataDir);
  return { path: join(dataDir, '.lock'), mode: 'exclusive' };
}

/** The absolute path of a package on this machine; null for what npm has to look up. */
export function localPackage(spec: string): string | null {
  const looksLikePath = /^(?:\.{0,2}\/|~\/)|\.(?:tgz|tar\.gz)$/.test(spec) || spec === '.' || spec === '..';
  if (!looksLikePath || /^\w+:/.test(spec)) return null;
  const path = resolve(spec);
  return existsSync(path) ? path : null;
}

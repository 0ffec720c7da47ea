import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../planner/model/finding.ts';
import type { TrustedPlugin } from '../planner/model/stored.ts';
import { systemError, messageOf } from '../planner/model/system-error.ts';
import { isRecord, parseJson } from '../planner/model/json.ts';
import { trustOf } from './plugin-trust.ts';
import { exposureOf, type User } from '../hosts/trust.ts';
import { pluginExposed, pluginUnreadable } from '../planner/model/findings/plugins.ts';

/** A package that brings executors, as its package.json says; nothing of it has been loaded. */
export interface PluginPackage {
  name: string;
  version: string;
  /** Its directory. */
  root: string;
  /** `user`: installed with `nbkp plugins install`; `link`: with `nbkp plugins link`; `project`: beside the spec. */
  from: 'user' | 'link' | 'project';
  /** Names of its executors. */
  executors: string[];
  /** Whether its code may be run: installed or linked by this user, or beside the spec and trusted as it is now. */
  trusted: boolean;
  /** What was recorded when one beside the spec was trusted, perhaps in another version. */
  record: TrustedPlugin | null;
}

export interface FoundPackages {
  packages: PluginPackage[];
  /** `plugin-unreadable` and `plugin-exposed` warnings, about packages that are not among `packages`. */
  findings: Finding[];
}

/** What `nbkp plugins` keeps in the package.json of the data directory: oclif's own layout of user plugins. */
export interface UserPlugins {
  dependencies: Record<string, string>;
  oclif: { plugins: UserPlugin[] };
}

export interface UserPlugin {
  name: string;
  type: 'user' | 'link';
  /** Of a linked one. */
  root?: string;
}

/**
 * The packages with executors: those of this user, and those among the dependencies of the package.json beside the spec.
 * A package that is in both places is taken from beside the spec if it is trusted there, else from this user's.
 *
 * @param dataDir where this user's plugins are
 * @param projectDir the directory of the spec; null for none
 * @param state where it is recorded what this user trusts
 */
export function findPackages(dataDir: string, projectDir: string | null, who: User, state: string): FoundPackages {
  const project = projectPackages(projectDir, who, state);
  const user = look((findings) => userEntries(dataDir, who, findings), who);
  const installed = new Set(user.packages.map(({ name }) => name));
  const beside = project.packages.filter(({ name, trusted }) => trusted || !installed.has(name));
  const taken = new Set(beside.map(({ name }) => name));
  return {
    packages: [...beside, ...user.packages.filter(({ name }) => !taken.has(name))],
    findings: [...project.findings, ...user.findings],
  };
}

/** Those beside a spec alone. */
export function projectPackages(projectDir: string | null, who: User, state: string): FoundPackages {
  if (projectDir === null) return { packages: [], findings: [] };
  const found = look((findings) => projectEntries(projectDir, who, findings), who);
  return { ...found, packages: found.packages.map((each) => withTrust(each, trustOf(state, each.root))) };
}

function withTrust(found: PluginPackage, record: TrustedPlugin | null): PluginPackage {
  const names = record?.executors.map(({ name }) => name).join(' ');
  const trusted = record?.package === found.name && record.version === found.version;
  return { ...found, record, trusted: trusted && names === found.executors.join(' ') };
}

function look(entries: (findings: Finding[]) => Entry[], who: User): FoundPackages {
  const findings: Finding[] = [];
  try {
    return { packages: entries(findings).flatMap((entry) => packageAt(entry, who, findings) ?? []), findings };
  } catch (error) {
    findings.push(pluginUnreadable('package.json', messageOf(error)));
    return { packages: [], findings };
  }
}

/** The plugins of this user; empty when there are none. Throws PackageProblem. */
export function readUserPlugins(dataDir: string): UserPlugins {
  const path = join(dataDir, 'package.json');
  const content = readPackageJson(path) ?? {};
  const oclif = content['oclif'];
  const plugins = isRecord(oclif) ? oclif['plugins'] : undefined;
  return {
    ...content,
    dependencies: dependenciesOf(content, 'dependencies'),
    oclif: { ...(isRecord(oclif) ? oclif : {}), plugins: Array.isArray(plugins) ? plugins.filter(isUserPlugin) : [] },
  };
}

function isUserPlugin(value: unknown): value is UserPlugin {
  if (!isRecord(value) || typeof value['name'] !== 'string') return false;
  return value['type'] === 'user' || (value['type'] === 'link' && typeof value['root'] === 'string');
}

interface Entry {
  name: string;
  root: string;
  from: PluginPackage['from'];
}

function userEntries(dataDir: string, user: User, findings: Finding[]): Entry[] {
  const { plugins } = readUserPlugins(dataDir).oclif;
  if (plugins.length > 0 && isExposed(dataDir, user, findings)) return [];
  return plugins.map(({ name, type, root }) => ({
    name,
    root: root ?? join(dataDir, 'node_modules', name),
    from: type,
  }));
}

function projectEntries(projectDir: string, user: User, findings: Finding[]): Entry[] {
  const content = readPackageJson(join(projectDir, 'package.json'));
  if (content === null) return [];
  const names = Object.keys({
    ...dependenciesOf(content, 'dependencies'),
    ...dependenciesOf(content, 'devDependencies'),
  });
  const entries = names.flatMap((name) => {
    const root = resolveModule(projectDir, name);
    return root === null ? [] : [{ name, root, from: 'project' as const }];
  });
  return entries.length > 0 && isExposed(projectDir, user, findings) ? [] : entries;
}

/** As Node looks for a package: in the `node_modules` of the directory, and of each one above it. */
function resolveModule(directory: string, name: string): string | null {
  const candidate = join(directory, 'node_modules', name);
  if (statSync(candidate, { throwIfNoEntry: false })?.isDirectory() === true) return candidate;
  const above = dirname(directory);
  return above === directory ? null : resolveModule(above, name);
}

/** Null for one that has no executors, or cannot be used: then there is a finding. */
export function packageAt({ name, root, from }: Entry, user: User, findings: Finding[]): PluginPackage | null {
  try {
    const content = readPackageJson(join(root, 'package.json'));
    if (content === null) throw new Error(`${root} is not there`);
    const nbkp = content['nbkp'];
    const executors = isRecord(nbkp) ? nbkp['executors'] : undefined;
    // Any dependency may stand beside a spec.
    if (executors === undefined && from === 'project') return null;
    if (!isNames(executors)) {
      throw new Error('its package.json names no executors: "nbkp": { "executors": ["NAME"] }');
    }
    if (isExposed(root, user, findings)) return null;
    const version = content['version'];
    const own = { name, version: typeof version === 'string' ? version : '0.0.0', root, from, executors };
    return { ...own, trusted: from !== 'project', record: null };
  } catch (error) {
    findings.push(pluginUnreadable(name, messageOf(error)));
    return null;
  }
}

/** As oclif takes it: a file, or one with the name of an export. */
export type HookFile = string | { target: string; identifier?: string };

/** How the package.json of a package says that one of its hooks is loaded. Throws with a message for people. */
export function hookOf(root: string, name: string): { hook: HookFile; type: 'module' | 'commonjs' } {
  const content = readPackageJson(join(root, 'package.json'));
  const oclif = content?.['oclif'];
  const hooks = isRecord(oclif) ? oclif['hooks'] : undefined;
  const hook = isRecord(hooks) ? hooks[name] : undefined;
  if (!isHookFile(hook)) throw new Error(`its package.json has no "oclif": { "hooks": { "${name}": "./FILE" } }`);
  return { hook, type: content?.['type'] === 'module' ? 'module' : 'commonjs' };
}

function isHookFile(value: unknown): value is HookFile {
  if (typeof value === 'string') return true;
  if (!isRecord(value) || typeof value['target'] !== 'string') return false;
  return value['identifier'] === undefined || typeof value['identifier'] === 'string';
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string');
}

/** A package.json that is not as it should be; the message says what, for people. */
export class PackageProblem extends Error {}

/** The name of the package in a directory. Throws PackageProblem when there is none. */
export function packageName(root: string): string {
  const name = readPackageJson(join(root, 'package.json'))?.['name'];
  if (typeof name === 'string') return name;
  throw new PackageProblem(`${root} holds no package.json with a name`);
}

/** Null when there is no such file. Throws PackageProblem. */
function readPackageJson(path: string): Record<string, unknown> | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, text: cause } = systemError(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new PackageProblem(`${path}: ${cause}`, { cause: error });
  }
  const content = parseJson(text);
  if (isRecord(content)) return content;
  throw new PackageProblem(`${path} is no JSON object`);
}

function dependenciesOf(content: Record<string, unknown>, key: string): Record<string, string> {
  const listed = content[key];
  if (!isRecord(listed)) return {};
  return Object.fromEntries(
    Object.entries(listed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Code that somebody else decides about is not run. */
function isExposed(path: string, user: User, findings: Finding[]): boolean {
  const why = exposureOf(path, statSync(path), user);
  if (why === null) return false;
  findings.push(pluginExposed(path, why.because, why.help(path)));
  return true;
}

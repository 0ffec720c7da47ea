import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@oclif/core/config';
import {
  discardStage,
  linkOwn,
  listPlugins,
  localPackage,
  pluginsLock,
  publishStage,
  stagePlugins,
  type Stage,
} from '../../store/plugin-directory.ts';
import { packageName, PackageProblem, readUserPlugins, type UserPlugin } from '../../store/plugin-packages.ts';
import { systemError } from '../../planner/model/system-error.ts';
import { npmEnvironment } from '../../hosts/transport/environment.ts';
import { localTransport } from '../../hosts/transport/local.ts';
import type { Lock, ProcessResult, Transport } from '../../hosts/transport/transport.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { PluginDocument } from '../../planner/model/plugin-documents.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { inspectFolder } from './inspect-plugin.ts';
import { layOwnFiles } from './own-folder.ts';
import {
  npmMissing,
  pluginNotChanged,
  pluginsBusy,
  pluginsUnwritable,
  pluginUnknown,
} from '../../planner/model/findings/plugins.ts';

/** No scripts of packages are run, nothing is reported anywhere, and nbkp itself is not installed a second time. */
const NPM_FLAGS = ['--global=false', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--omit=dev'];

/** Milliseconds. */
const NPM_TIMEOUT = 600_000;

/**
 * Installs a package with the user's npm. It is used when it has been loaded and all of its executors can be used; before
 * that, and when anything fails, what was there stays.
 *
 * @param spec as npm takes it: a name, `NAME@VERSION`, an archive, a directory, an address
 */
export function installPlugin(config: Config, spec: string): Promise<Result<PluginDocument>> {
  const { dataDir } = config;
  return staged(config, async (stage, npm) => {
    const wanted = localPackage(spec) ?? spec;
    const before = stage.dependencies();
    const failed = await npm('install', '--install-links', wanted);
    if (failed !== null) return failure(failed);
    const name = addedName(before, stage, wanted);
    if (name === null) return failure(pluginNotChanged(spec, 'npm added no package'));
    linkOwn(stage, layOwnFiles(config));
    const inspected = await inspectFolder(config, name, join(stage.path, 'node_modules', name), 'user');
    if (!inspected.ok) return inspected;
    const others = readUserPlugins(dataDir).oclif.plugins.filter((each) => each.name !== name);
    publishStage(dataDir, stage, [...others, { name, type: 'user' }]);
    const plugin = { ...inspected.value.plugin, path: join(dataDir, 'node_modules', name) };
    return success({ ...inspected.value, plugin });
  });
}

/** Removes a package that was installed, or forgets one that was linked. */
export function uninstallPlugin(config: Config, name: string): Promise<Result<UserPlugin>> {
  const { dataDir } = config;
  const listed = (): UserPlugin[] => readUserPlugins(dataDir).oclif.plugins;
  const others = (): UserPlugin[] => listed().filter((each) => each.name !== name);
  return reported(config, () => {
    const plugin = listed().find((each) => each.name === name);
    const known = listed().map((each) => each.name);
    if (plugin === undefined) return Promise.resolve(failure(pluginUnknown(name, known)));
    if (plugin.type === 'link') {
      return alone(config, () => {
        listPlugins(dataDir, others());
        return Promise.resolve(success(plugin));
      });
    }
    return staged(config, async (stage, npm) => {
      const failed = await npm('uninstall', name);
      if (failed !== null) return failure(failed);
      linkOwn(stage, layOwnFiles(config));
      publishStage(dataDir, stage, others());
      return success(plugin);
    });
  });
}

/** Uses a package where it is, for who works on it. */
export function linkPlugin(config: Config, directory: string): Promise<Result<PluginDocument>> {
  const { dataDir } = config;
  return alone(config, async () => {
    const name = packageName(directory);
    const inspected = await inspectFolder(config, name, directory, 'link');
    if (!inspected.ok) return inspected;
    const others = readUserPlugins(dataDir).oclif.plugins.filter((each) => each.name !== name);
    listPlugins(dataDir, [...others, { name, type: 'link', root: directory }]);
    return inspected;
  });
}

/** Runs one npm command in the stage; null when it succeeded. */
type Npm = (command: string, ...words: string[]) => Promise<Finding | null>;

/** Lets an action change a copy of what is installed. What it has not published is removed. */
function staged<T>(config: Config, action: (stage: Stage, npm: Npm) => Promise<Result<T>>): Promise<Result<T>> {
  return alone(config, async (transport, lock) => {
    const stage = stagePlugins(config.dataDir);
    const result = await action(stage, async (command, ...words) => {
      const argv = ['npm', command, '--prefix', stage.path, '--save', ...NPM_FLAGS, ...words];
      return npmProblem(words.at(-1) ?? '', await transport.run(argv, { locks: [lock], timeoutMs: NPM_TIMEOUT }));
    });
    if (!result.ok) discardStage(stage);
    return result;
  });
}

/** One change at a time; npm holds the lock too, in case it outlives us. */
function alone<T>(
  config: Config,
  action: (transport: Transport, lock: Lock) => Promise<Result<T>>,
): Promise<Result<T>> {
  return reported(config, async () => {
    const transport = localTransport(npmEnvironment(process.env));
    const startedAt = new Date().toISOString();
    const holder = { pid: process.pid, host: hostname(), startedAt, command: 'nbkp plugins', run: '' };
    const locked = await transport.lock(pluginsLock(config.dataDir), holder);
    if (locked.state === 'failed') return failure(pluginsUnwritable(config.dataDir, locked.message));
    if (locked.state === 'busy') return failure(pluginsBusy(locked.holder?.pid));
    try {
      return await action(transport, locked.lock);
    } finally {
      await locked.lock.release();
    }
  });
}

/** What the system says, and what is wrong with a package.json, is a finding. */
async function reported<T>(config: Config, action: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await action();
  } catch (error) {
    const cause = error instanceof PackageProblem ? error.message : systemError(error).text;
    return failure(pluginsUnwritable(config.dataDir, cause));
  }
}

/** Which dependency a package became; for one that was there in the same form, the one that has this form or name. */
function addedName(before: Record<string, string>, stage: Stage, wanted: string): string | null {
  const after = Object.entries(stage.dependencies());
  const changed = after.find(([name, from]) => before[name] !== from);
  const same = after.find(([name, from]) => stage.pathOf(from) === wanted || from === wanted || isNamed(wanted, name));
  return (changed ?? same)?.[0] ?? null;
}

function isNamed(wanted: string, name: string): boolean {
  return wanted === name || wanted.startsWith(`${name}@`);
}

function npmProblem(spec: string, { code, error, timedOut, stderr }: ProcessResult): Finding | null {
  if (code === 0) return null;
  if (error === 'ENOENT') return npmMissing();
  const said = stderr.flatMap((line) => /^npm (?:error|ERR!) (?!code |A complete log)(.+)/.exec(line)?.[1] ?? []);
  return pluginNotChanged(
    spec,
    timedOut ? 'npm took more than 10 minutes' : (said[0] ?? stderr.at(-1) ?? 'npm failed'),
  );
}

import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hookOf, type PluginPackage } from '../store/plugin-packages.ts';
import type { PluginHost, Surroundings } from './surroundings.ts';

/** The oclif hook that returns the executors of a plugin. */
const HOOK = 'nbkp:executors';

/** Loads the plugins that `nbkp plugins` has installed and trusted, without oclif. */
export function pluginHost(env: Surroundings['env']): PluginHost {
  return { dataDir: dataDirectory(env), runHook, loaded: () => undefined };
}

/** Where oclif keeps the plugins of a user. */
function dataDirectory(env: Surroundings['env']): string {
  const { NBKP_DATA_DIR: own, XDG_DATA_HOME: base, HOME: home } = env;
  if (own) return resolve(own);
  return join(base !== undefined && isAbsolute(base) ? base : join(home ?? homedir(), '.local/share'), 'nbkp');
}

async function runHook({ root }: PluginPackage): Promise<unknown> {
  const { hook } = hookOf(root, HOOK);
  const { target, identifier = 'default' } = typeof hook === 'string' ? { target: hook } : hook;
  const file = createRequire(join(root, 'package.json')).resolve(resolve(root, target));
  const found = member((await import(pathToFileURL(file).href)) as unknown, identifier);
  if (typeof found !== 'function') throw new Error(`the file of its hook ${HOOK} exports no function`);
  return (found as () => unknown)();
}

/** What a module exports, also one of CommonJS, whose exports are all in `default`. */
function member(module: unknown, name: string): unknown {
  const { default: whole, [name]: own } = module as Record<string, unknown>;
  const inner = typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>)[name] : undefined;
  return typeof own === 'function' ? own : inner;
}

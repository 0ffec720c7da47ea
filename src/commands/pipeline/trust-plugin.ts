import type { Config } from '@oclif/core/config';
import type { PluginPackage } from '../../store/plugin-packages.ts';
import { removeTrust, writeTrust } from '../../store/plugin-trust.ts';
import type { ExecutorPlanning } from '../../planner/model/executor.ts';
import { trustUnwritable } from '../../planner/model/findings/plugins.ts';
import type { TrustedExecutor } from '../../planner/model/stored.ts';
import { systemError } from '../../planner/model/system-error.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { usesOf } from './inspect-plugin.ts';
import { loadPlugin } from '../../api/load-plugin.ts';
import { runHook } from './run-hook.ts';
import { ownState } from './this-user.ts';

/**
 * Loads a package beside a spec and records it, as it is now, as one whose code this user lets run.
 *
 * @returns errors when an executor of it cannot be used, or the record cannot be written: nothing is recorded then
 */
export async function trustPlugin(config: Config, found: PluginPackage): Promise<Result<null>> {
  const loaded = await loadPlugin((each) => runHook(config, each), found);
  const broken = loaded.flatMap(({ finding }) => finding ?? []);
  if (broken.length > 0) return failure(...broken);
  const executors = loaded.flatMap(({ executor }) => (executor === null ? [] : [recordOf(executor.planning)]));
  return recorded(() => {
    const { name, version, root } = found;
    writeTrust(ownState(), root, { package: name, version, executors, trustedAt: new Date().toISOString() });
  });
}

/** Lets it run no more. */
export function distrustPlugin({ root }: PluginPackage): Result<null> {
  return recorded(() => removeTrust(ownState(), root));
}

function recordOf(planning: ExecutorPlanning): TrustedExecutor {
  const { name, version, kinds, settings = {} } = planning;
  const { sync = null, spec = null, volume } = settings;
  return {
    name,
    version,
    kinds,
    uses: usesOf(planning),
    settings: { sync, spec, ...(volume === undefined ? {} : { volume }) },
  };
}

function recorded(change: () => void): Result<null> {
  try {
    change();
    return success(null);
  } catch (error) {
    return failure(trustUnwritable(ownState(), systemError(error).text));
  }
}

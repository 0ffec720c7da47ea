import { Config, Plugin } from '@oclif/core/config';
import { hookOf, type PluginPackage } from '../../store/plugin-packages.ts';

/** The oclif hook that returns the executors of a plugin. */
const HOOK = 'nbkp:executors';

/** As oclif runs a hook, but of this one package: the others are not loaded. */
export async function runHook(config: Config, { name, version, root }: PluginPackage): Promise<unknown> {
  const { hook, type } = hookOf(root, HOOK);
  // Its commands and topics, if it has any, are not nbkp's.
  const pjson = {
    name,
    version,
    type,
    oclif: { hooks: { [HOOK]: typeof hook === 'string' ? hook : { identifier: 'default', ...hook } } },
  };
  const plugin = new Plugin({ root, type: 'link', pjson, ignoreManifest: true });
  await plugin.load();
  const own = config.getPluginsList().find(({ isRoot }) => isRoot);
  if (own === undefined) throw new Error('nbkp is not among its own plugins');
  const plugins = new Map([own, plugin].map((each) => [each.name, each]));
  const host = await Config.load({ root: config.root, pjson: config.pjson, plugins, userPlugins: false });
  const { successes, failures } = await host.runHook<string>(HOOK, {}, undefined, true);
  if (failures[0] !== undefined) throw failures[0].error;
  if (successes[0] === undefined) throw new Error(`the file of its hook ${HOOK} exports no function`);
  return successes[0].result;
}

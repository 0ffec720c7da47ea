import { run as runOclif } from '@oclif/core/run';
import { settings } from '@oclif/core/settings';
import { commandFirst } from './commands/command-first.ts';
import { setInstalled, type Installed } from './commands/installed.ts';
import { notFound } from './commands/not-found.ts';
import { askedOfBegun, dropBegun, setBegun, type Begun } from './hosts/transport/begun.ts';

// oclif finds these by name: see "oclif" in package.json.
export { COMMANDS } from './commands/index.ts';
export { LazyHelp as HELP } from './commands/lazy-help.ts';

/** oclif's hook `command_not_found`. */
export function COMMAND_NOT_FOUND({ config, id }: { config: Parameters<typeof notFound>[0]; id: string }): never {
  throw notFound(config, id);
}

/**
 * Runs one command line. Sets `process.exitCode`; never rejects.
 *
 * @param argv the words after `nbkp`
 * @param installed the nbkp that runs
 * @param begun a look at this machine that has begun already
 * @returns what that look was asked, for one that begins as early; null where nobody needed it
 */
export async function run(argv: string[], installed: Installed, begun: Begun | null = null): Promise<string | null> {
  setInstalled(installed);
  setBegun(begun);
  const { root, pjson } = installed;
  const fail = async (error: unknown): Promise<void> => {
    const { reportFailure } = await import('./commands/failure.ts');
    process.exitCode = reportFailure(error, argv, pjson.version);
  };
  process.on('uncaughtException', (error) => {
    if (!isClosedPipe(error)) void fail(error).finally(() => process.exit());
  });
  // Else oclif would look for TypeScript sources whenever NODE_ENV is "test" or "development".
  settings.enableAutoTranspile = false;
  const ordered = commandFirst(argv);
  const words = ordered[0] === 'help' ? [...ordered.slice(1), '--help'] : ordered;
  // Plugins are loaded when a spec names them (pipeline/installed-executors.ts): oclif would look at each at every start.
  await runOclif(words, { root, pjson, userPlugins: false, devPlugins: false }).catch(fail).finally(dropBegun);
  return askedOfBegun();
}

/** A reader that has seen enough, such as `head`, is no reason to stop a backup or to complain. */
function isClosedPipe(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE';
}

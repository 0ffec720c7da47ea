import type { Config } from '@oclif/core/config';
import type { BaseCommand } from './base.ts';

/** A command: a class that extends `BaseCommand`. */
export interface CommandClass {
  new (argv: string[], config: Config): BaseCommand;
  id: string;
}

/**
 * Every command, loaded when it is used: starting one must not cost what the others need.
 *
 * @internal what is generated is made from it
 */
export const LOADERS: Readonly<Record<string, () => Promise<{ default: CommandClass }>>> = {
  'add:sync': () => import('./add/sync.ts'),
  'add:volume': () => import('./add/volume.ts'),
  apply: () => import('./apply.ts'),
  check: () => import('./check.ts'),
  complete: () => import('./complete.ts'),
  completions: () => import('./completions/index.ts'),
  'completions:install': () => import('./completions/install.ts'),
  'credentials:check': () => import('./credentials/check.ts'),
  'credentials:set': () => import('./credentials/set.ts'),
  demo: () => import('./demo.ts'),
  diff: () => import('./diff.ts'),
  doctor: () => import('./doctor.ts'),
  executors: () => import('./executors.ts'),
  'facts:export': () => import('./facts/export.ts'),
  find: () => import('./find.ts'),
  graph: () => import('./graph.ts'),
  history: () => import('./history.ts'),
  init: () => import('./init.ts'),
  ls: () => import('./ls.ts'),
  plan: () => import('./plan.ts'),
  plugins: () => import('./plugins/index.ts'),
  'plugins:inspect': () => import('./plugins/inspect.ts'),
  'plugins:install': () => import('./plugins/install.ts'),
  'plugins:link': () => import('./plugins/link.ts'),
  'plugins:trust': () => import('./plugins/trust.ts'),
  'plugins:uninstall': () => import('./plugins/uninstall.ts'),
  prepare: () => import('./prepare.ts'),
  recover: () => import('./recover.ts'),
  report: () => import('./report.ts'),
  restore: () => import('./restore.ts'),
  run: () => import('./run.ts'),
  'schedule:install': () => import('./schedule/install.ts'),
  'schedule:remove': () => import('./schedule/remove.ts'),
  'schedule:show': () => import('./schedule/show.ts'),
  script: () => import('./script.ts'),
  show: () => import('./show.ts'),
  'snapshots:diff': () => import('./snapshots/diff.ts'),
  'snapshots:list': () => import('./snapshots/list.ts'),
  'snapshots:prune': () => import('./snapshots/prune.ts'),
  'snapshots:simulate': () => import('./snapshots/simulate.ts'),
  'spec:import': () => import('./spec/import.ts'),
  'spec:schema': () => import('./spec/schema.ts'),
  'spec:show': () => import('./spec/show.ts'),
  'spec:validate': () => import('./spec/validate.ts'),
  status: () => import('./status.ts'),
  verify: () => import('./verify.ts'),
  version: () => import('./version.ts'),
  'volumes:authorize': () => import('./volumes/authorize.ts'),
  'volumes:list': () => import('./volumes/list.ts'),
  'volumes:mount': () => import('./volumes/mount.ts'),
  'volumes:unmount': () => import('./volumes/unmount.ts'),
};

/** What oclif needs in order to run a command; all that it shows is in oclif.manifest.json. */
export const COMMANDS = Object.fromEntries(
  Object.entries(LOADERS).map(([id, load]) => [
    id,
    {
      async run(argv: string[], config: Config): Promise<void> {
        const { default: command } = await load();
        command.id = id;
        await new command(argv, config).start();
      },
    },
  ]),
);

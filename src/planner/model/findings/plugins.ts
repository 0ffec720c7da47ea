/*
 * # Trust in plugins
 *
 * The code of a package beside a spec runs only when `nbkp plugins trust` has recorded it as it is now.
 */
import { didYouMean, listed } from '../suggest.ts';
import { error, info } from './entry.ts';

/**
 * A package beside the spec brings the executor, and nobody has trusted it in this version. The sync is blocked; for
 * commands that only read a spec it is a warning. Fix: look at its code, then `nbkp plugins trust`.
 */
export const pluginNotTrusted = error(
  'plugin-not-trusted',
  (executor: string, { name, version, root }: { name: string; version: string; root: string }, was: string | null) => ({
    message: `The executor ${executor} comes from ${name}@${version} in ${root}, which is not trusted${was === null ? '' : ` (${was} was)`}: none of its code is run.`,
    help: `Look at the code there. If you trust whoever wrote it, and whoever can change that folder: nbkp plugins trust ${name}`,
  }),
);

/** Steps around the run are left out where a spec is only read. Fix: nothing; `nbkp plan` shows them. */
export const pluginNotRun = info('plugin-not-run', (table: string, origin: string) => ({
  message: `The steps for [${table}] are not shown: ${origin} plans them, and none of its code is run where a spec is only read.`,
}));

/** `plugins trust` could not record or forget it in the state directory. Fix: make room there, check its permissions. */
export const trustUnwritable = error('trust-unwritable', (state: string, cause: string) => ({
  message: `What is trusted cannot be recorded in ${state}: ${cause}.`,
  help: `Make ${state} writable, free some space there, or name another directory in NBKP_STATE_DIR.`,
}));

/** A table of the spec is for an executor that nobody brings. Fix: install its package, or remove the table. */
export const tableWithoutExecutor = error('executor-unknown', (table: string, tables: readonly string[]) => ({
  message: `The table [${table}] is for an executor of that name, and none is installed.`,
  help: `Install the package that brings ${table}: nbkp plugins install PACKAGE. Other tables are: ${tables.join(', ')}.`,
}));

const forIt = (known: readonly string[]) =>
  `Installed for it: ${listed(known)}. Others come with plugins: nbkp plugins install.`;

/** `transfer` or `snapshots.mode` names an executor that nobody brings. Fix: `nbkp executors`. */
export const executorUnknown = error('executor-unknown', (key: string, name: string, known: readonly string[]) => ({
  message: `No executor that is installed can be used as \`${key}\` "${name}".`,
  help: didYouMean(name, known, forIt(known)),
}));

interface Unfit {
  sync: string;
  key: string;
  name: string;
}

/**
 * `transfer` or `snapshots.mode` of a sync names an executor that nobody brings, or one that does something else. The sync is
 * blocked; `spec validate` warns. Fix: `nbkp executors`.
 */
export const executorUnfit = error(
  'executor-unknown',
  ({ sync, key, name }: Unfit, known: readonly string[], unnamed: readonly string[]) => ({
    message: `No installed executor can be used as ${key} = "${name}" of ${sync}.`,
    help: didYouMean(name, [...known, ...unnamed], forIt(known)),
  }),
);

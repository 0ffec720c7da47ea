/*
 * # Plugins
 *
 * What is wrong with a plugin blocks the syncs that name one of its executors; everything else goes on. `nbkp executors` shows all
 * of it. The code of a package beside a spec runs only when `nbkp plugins trust` has recorded it as it is now.
 */
import { didYouMean, listed } from '../suggest.ts';
import { error, info, warning } from './entry.ts';

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

interface Broken {
  executor: string;
  /** `NAME@VERSION` of its package. */
  origin: string;
  root: string;
  problem: string;
  help: string;
}

const cannotBeUsed = ({ executor, origin, root, problem, help }: Broken) => ({
  message: `The executor ${executor} of ${origin} (${root}) cannot be used: ${problem}.`,
  help,
});
/**
 * It cannot be loaded, its hook throws or is missing, or what the hook returns are not the executors that its package.json
 * names. Fix: another version of it; `nbkp plugins inspect NAME`.
 */
export const pluginFailed = error('plugin-failed', cannotBeUsed);
/** It has not finished loading after 5 seconds. Fix: another version of it. */
export const pluginHangs = error('plugin-hangs', cannotBeUsed);
/** Made for another version of the executors' interface: `apiVersion: 9`. Fix: a version of it that fits this nbkp. */
export const pluginApiVersion = error('plugin-api-version', cannotBeUsed);
/** The schema of its settings is none. Fix: another version of it. */
export const pluginSchema = error('plugin-schema', cannotBeUsed);
/**
 * Two executors with one name, or with one kind of step of their own; none of the two is used. Fix: uninstall one of the
 * packages.
 */
export const executorConflict = error('executor-conflict', cannotBeUsed);

/** Its directory or package.json is missing or damaged. Fix: `nbkp plugins install NAME` again, or uninstall it. */
export const pluginUnreadable = warning('plugin-unreadable', (name: string, cause: string) => ({
  message: `The plugin ${name} cannot be used: ${cause}.`,
  help: `Install it again: nbkp plugins install ${name}. Or remove it: nbkp plugins uninstall ${name}`,
}));
/** Somebody else can write to its directory or owns it, so that its code is not run. Fix: `chmod o-w`, `chown`. */
export const pluginExposed = warning('plugin-exposed', (path: string, because: string, help: string) => ({
  message: `${path} ${because}, and holds code that nbkp would run: it is not used.`,
  help,
}));

const REPORT = 'report it there, or use another version of it.';

/** An executor of a plugin threw while it planned. Fix: report it to the package. */
export const executorCannotPlan = error('executor-failed', (executor: string, origin: string, cause: string) => ({
  message: `The executor ${executor} (${origin}) cannot plan: ${cause}`,
  help: `That is a mistake in the package: ${REPORT}`,
}));
/** An executor of a plugin threw while it ran. Fix: report it to the package. */
export const executorWentWrong = error(
  'executor-failed',
  ({ executor, origin, step }: { executor: string; origin: string; step: string }, cause: string) => ({
    message: `The executor ${executor} (${origin}) went wrong in ${step}: ${cause}`,
    help: `That is a mistake in the package: ${REPORT}`,
  }),
);
/** An executor of a plugin does not name its credentials. Fix: report it to the package. */
export const credentialsUnsaid = error('executor-failed', (executor: string, version: string, cause: string) => ({
  message: `The executor ${executor} ${version} cannot say which credentials it uses: ${cause}`,
  help: `That is a mistake in its package: ${REPORT}`,
}));
/**
 * An executor of a plugin plans a step without commands, summary or reason, in the name of another, or of a kind that it does
 * not declare. Fix: report it to the package.
 */
export const executorStepRefused = error(
  'executor-step-refused',
  (executor: string, origin: string, problem: string) => ({
    message: `The executor ${executor} (${origin}) plans a step ${problem}.`,
    help: 'What a plan does not show is not run. That is a mistake in the package: report it there.',
  }),
);

/**
 * A file that the steps of an executor read besides the source is not there, or nobody may read it. The sync is blocked. Fix: put
 * it there, or take it out of the settings of the executor.
 */
export const inputFileMissing = error('executor-input-missing', (executor: string, path: string) => ({
  message: `The executor ${executor} reads ${path}, and that cannot be read.`,
  help: `Put it there and make it readable, or name another one in the settings of ${executor}.`,
}));

/** `plugins uninstall`, `inspect` or `trust` of a package that is not installed. Fix: `nbkp plugins`. */
export const pluginUnknown = error('plugin-unknown', (name: string, known: readonly string[]) => ({
  message: `No plugin ${name} is installed.`,
  help: known.length === 0 ? 'None is: nbkp plugins install PACKAGE' : `Installed are: ${known.join(', ')}.`,
}));
/** npm could not install or remove a package; what was there is as it was. Fix: as the message says. */
export const pluginNotChanged = error('plugin-not-changed', (spec: string, cause: string) => ({
  message: `npm could not do it for ${spec}: ${cause}`,
  help: 'What was installed before is as it was.',
}));
/** The directory of the plugins, or its package.json, cannot be read or changed. Fix: check the directory. */
export const pluginsUnwritable = error('plugins-unwritable', (directory: string, cause: string) => ({
  message: `The plugins in ${directory} cannot be changed: ${cause}.`,
  help: 'What was installed before is as it was. Check the directory and its permissions.',
}));
/** Another `nbkp plugins` is at work. Fix: wait for it. */
export const pluginsBusy = error('plugins-busy', (pid: number | undefined) => ({
  message: `Another nbkp plugins${pid === undefined ? '' : ` (process ${pid})`} is changing the plugins.`,
  help: 'Wait for it, then try again.',
}));
/** npm is not installed. Fix: `apt install npm`. */
export const npmMissing = error('npm-missing', () => ({
  message: 'npm is not installed, and plugins are installed with it.',
  help: 'Install it (Debian: apt install npm), or put the package beside the spec.',
}));

import { isAbsolute } from 'node:path';

/**
 * Variables that make a program load or run something else than what was named (`LD_*`, `NODE_*`, `BASH_ENV`, `ENV`,
 * `GIT_*`, `PYTHON*`, `PERL5*`), that change rsync behind the plan's back (`RSYNC_*`), or that hold a secret.
 */
const WITHHELD = /^(?:(?:LD|NODE|GIT|RSYNC|NBKP_PASSPHRASE)_.*|PYTHON.*|PERL5.*|BASH_ENV|ENV)$/;

/**
 * The environment that every child gets, hooks and programs of plugins too: ours without what could put other code or
 * other options into it, with the absolute entries of `PATH` alone, and with `LC_ALL=C`, because messages are parsed.
 */
export function childEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !WITHHELD.test(name));
  const path = own['PATH'] === undefined ? {} : { PATH: entriesOf(own['PATH']).filter(isAbsolute).join(':') };
  return { ...Object.fromEntries(kept), ...path, LC_ALL: 'C' };
}

/** The environment of npm, which is a program of Node itself and reaches a registry by the user's own settings of it. */
export function npmEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings = Object.entries(own).filter(([name]) => name.startsWith('NODE_'));
  return { ...childEnvironment(own), ...Object.fromEntries(settings) };
}

/**
 * Entries of a `PATH` that depend on the folder in which nbkp is started: a program found there may be anybody's. An
 * empty one is the current folder (environ(7)).
 */
export function relativeEntries(path: string): string[] {
  return entriesOf(path).filter((entry) => !isAbsolute(entry));
}

function entriesOf(path: string): string[] {
  return path.split(':');
}

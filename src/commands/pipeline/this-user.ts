import type { Config } from '@oclif/core/config';
import type { Surroundings } from '../../api/surroundings.ts';
import { stateDirectory } from '../../store/state-directory.ts';
import { atEnd } from '../at-end.ts';
import { runHook } from './run-hook.ts';
import { canAsk } from './confirm.ts';

/** Who runs nbkp: whose files are trusted, and whose code may be run. */
export function thisUser(): { uid: number; gid: number } {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}

/** Where nbkp keeps what it remembers of this user's runs. */
export function ownState(): string {
  return stateDirectory(process.env, thisUser().uid);
}

/** What a command works in: this process, its environment and its user. */
export function thisProcess(config: Config): Surroundings {
  return {
    version: config.version,
    env: process.env,
    user: thisUser(),
    state: ownState(),
    plugins: { dataDir: config.dataDir, runHook: (found) => runHook(config, found), loaded: endAnyway },
    atEnd,
    now: Date.now,
    asking: { terminal: () => (canAsk() ? { input: process.stdin, output: process.stderr } : null) },
  };
}

/** A plugin that leaves a timer or a socket open would keep nbkp from ending. */
function endAnyway(): void {
  atEnd(() => {
    setTimeout(() => process.exit(), 1000).unref();
    return Promise.resolve();
  });
}

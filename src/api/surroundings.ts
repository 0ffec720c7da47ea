import type { PluginPackage } from '../store/plugin-packages.ts';
import type { Sources } from '../credentials/sources.ts';

/** The process that nbkp works in, as far as those who call it may choose. Who runs it, and its home for `~`, are found out below. */
export interface Surroundings {
  /** Of nbkp. */
  version: string;
  env: Readonly<NodeJS.ProcessEnv>;
  /** Whose files are trusted, and whose code may be run. */
  user: { uid: number; gid: number };
  /** The state directory. */
  state: string;
  /** Milliseconds since 1970. */
  now: () => number;
  asking: Asking;
  /** Loads plugins; null where none may be loaded. */
  plugins: PluginHost | null;
  /** Told what has to be closed when the work is over, however it ends. */
  atEnd: (close: () => Promise<void>) => void;
}

/** How passphrases are asked for, besides what the spec says. */
export interface Asking {
  /** Asked before the provider of the spec. Null: it does not know that one. */
  secret?: (id: string) => Promise<string | null>;
  /** Null when nobody can answer. */
  terminal: () => Sources['terminal'];
}

/** What plugins are found and loaded with. */
export interface PluginHost {
  /** The data directory, where the plugins of this user are. */
  dataDir: string;
  /** Runs the hook of a package that brings executors, and returns what it returns. */
  runHook: (found: PluginPackage) => Promise<unknown>;
  /** Called once code of others has been loaded: it may leave something open that keeps the process from ending. */
  loaded: () => void;
}

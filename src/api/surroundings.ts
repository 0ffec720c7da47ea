import type { Config } from '@oclif/core/config';

/** The process that nbkp works in, as far as it matters: below, nothing asks for it by itself. */
export interface Surroundings {
  /** Of nbkp. */
  version: string;
  env: Readonly<NodeJS.ProcessEnv>;
  /** Whose files are trusted, and whose code may be run. */
  user: { uid: number; gid: number };
  /** The state directory. */
  state: string;
  /** Loads plugins; null where none may be loaded. */
  plugins: PluginHost | null;
  /** Told what has to be closed when the work is over, however it ends. */
  atEnd: (close: () => Promise<void>) => void;
}

/** What plugins are found and loaded with. */
export interface PluginHost {
  config: Config;
  /** Called once code of others has been loaded: it may leave something open that keeps the process from ending. */
  loaded: () => void;
}

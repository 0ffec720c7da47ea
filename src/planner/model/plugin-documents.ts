import type { Document } from './documents.ts';
import type { Finding } from './finding.ts';

/** `nbkp executors`. */
export interface ExecutorsDocument extends Document {
  executors: ExecutorLine[];
  /** What is wrong with plugins. */
  findings: Finding[];
}

export interface ExecutorLine {
  name: string;
  version: string;
  apiVersion: number;
  /** Kinds of the steps that it plans and runs. */
  kinds: string[];
  /** `built-in`, or the package that brought it, as `NAME@VERSION`. */
  origin: string;
  /** The directory of that package; null for what is built in. */
  path: string | null;
}

/** `nbkp plugins`: the packages with executors, as they say of themselves; none of them is loaded. */
export interface PluginsDocument extends Document {
  plugins: PluginLine[];
  /** What is wrong with packages that are not among `plugins`. */
  findings: Finding[];
}

export interface PluginLine {
  name: string;
  version: string;
  /** `user`: of `nbkp plugins install`; `link`: of `nbkp plugins link`; `project`: beside the spec. */
  from: 'user' | 'link' | 'project';
  /** Its directory. */
  path: string;
  /** The names of its executors. */
  executors: string[];
  /** False for one beside the spec that nobody has trusted as it is now: its code is not run. */
  trusted: boolean;
}

/** `nbkp plugins inspect`, and what `install` and `link` have added: a package that was loaded. */
export interface PluginDocument extends Document {
  plugin: PluginLine;
  /** Those of its executors that can be used. */
  executors: PluginExecutor[];
  /** Why others cannot. */
  findings: Finding[];
}

export interface PluginExecutor {
  name: string;
  version: string;
  apiVersion: number;
  kinds: string[];
  /** How a spec uses it: named as `transfer` or `snapshots.mode`, by a table `[NAME]`, or by one of a volume, `[volumes.X.NAME]`. */
  uses: ('transfer' | 'snapshots.mode' | 'table' | 'volume')[];
  /** The keys of the tables `[syncs.X.NAME]` and `[NAME]`, each with its description; null where there is no such table. */
  settings: {
    sync: Record<string, string> | null;
    spec: Record<string, string> | null;
    /** Of `[volumes.X.NAME]`. Absent for an executor that provides no volumes. */
    volume?: Record<string, string>;
  };
}

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

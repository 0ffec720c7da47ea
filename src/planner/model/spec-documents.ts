import type { Document } from './documents.ts';
import type { Finding } from './finding.ts';
import type { Plan } from './plan.ts';
import type { Spec } from './spec.ts';

/** `nbkp init`: the first spec. */
export interface InitDocument extends Document {
  /** Where it was written. */
  path: string;
  toml: string;
  findings: Finding[];
  /** What the first run will do, once `prepare` has run. */
  plan: Plan;
}

/** `nbkp add volume` and `nbkp add sync`: the spec with what was put into it. */
export interface AddDocument extends Document {
  path: string;
  added: { kind: 'volume' | 'sync'; name: string };
  /** The spec as it is now. */
  toml: string;
  /** What is to be said of the spec now that was not before. */
  findings: Finding[];
}

/** `nbkp spec import`. */
export interface ImportDocument extends Document {
  /** The spec, as the text of a file. */
  toml: string;
  /** Where it was written; null when only printed. */
  path: string | null;
  /** What the spec has no word for, and what means something else from now on. */
  findings: Finding[];
}

/** `nbkp spec show`: the spec with defaults filled in and names resolved, without what only messages need. */
export interface SpecDocument
  extends
    Document,
    Pick<
      Spec,
      'path' | 'digest' | 'volumes' | 'provided' | 'syncs' | 'ssh' | 'credentials' | 'policy' | 'settings' | 'findings'
    > {}

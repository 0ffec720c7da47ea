import type { Finding } from './finding.ts';
import type { Plan } from './plan.ts';

/** `nbkp diff`: what becomes of a plan when the spec changes from A to B. Only what differs is in it. */
export interface DiffDocument {
  /** Ignore unknown properties, refuse an unknown major. */
  formatVersion: '1.0';
  a: DiffSide;
  b: DiffSide;
  /** What both were planned from. */
  basis: Plan['basis'];
  /** When and where these facts were observed; null when nothing was. */
  facts: { observedAt: string; hostname: string } | null;
  /** In the order of B, then what is only in A. */
  syncs: SyncDiff[];
  /** Of steps that belong to no sync. */
  steps: StepDiff[];
  /** Of syncs whose `keep` has changed; older readers do without. */
  retention?: RetentionDiff[];
  summary: {
    syncs: { added: number; removed: number; renamed: number; changed: number; unchanged: number };
    steps: { added: number; removed: number; changed: number };
  };
  findings: Finding[];
}

export interface DiffSide {
  /** A file, or `REVISION:FILE`, as it was named. */
  source: string;
  kind: 'spec' | 'plan';
  /** Of the spec: `sha256:…`. */
  digest: string;
}

/** How many snapshots there are after a year, if they go on to be made as now: daily where nothing is known of them. */
export interface RetentionDiff {
  /** The name in B. */
  sync: string;
  /** After how many days: 365, or fewer where more than 20,000 snapshots would be made. */
  days: number;
  was: number;
  is: number;
}

export interface SyncDiff {
  /** The name in B, or in A when it is only there. */
  name: string;
  /** Its name in A when it was called otherwise there. */
  renamedFrom?: string;
  change: 'added' | 'removed' | 'renamed' | 'changed';
  /** What a person would look at first: state, source, destination, mode, reason. */
  fields: FieldDiff[];
  steps: StepDiff[];
}

export interface StepDiff {
  /** In B, or in A when it is only there. */
  id: string;
  change: 'added' | 'removed' | 'changed';
  summary: string;
  /** For `changed`. */
  fields: FieldDiff[];
  /** The argv before and after, where they differ. */
  commands?: { was: string[][]; is: string[][] };
}

export interface FieldDiff {
  field: 'state' | 'reason' | 'source' | 'destination' | 'mode' | keyof ComparedStep;
  was: string;
  is: string;
}

/** What of a step is compared besides its argv. */
export interface ComparedStep {
  action: string;
  executor: string;
  host: string;
  after: string;
  runs: string;
  destructive: string;
  deleteLimit: string;
}

import type { EndpointFacts, HostFacts } from '../model/facts.ts';
import { locate, type Finding, type Remark } from '../model/finding.ts';
import type { PlanInput, RetentionLine } from '../model/plan.ts';
import type { Sync } from '../model/spec.ts';
import type { Step } from '../model/step.ts';

/** A sync on its way through the passes. A pass returns a `Stop` to end the way, or fills in what later ones need. */
export interface Draft {
  input: PlanInput;
  sync: Sync;
  /** Drafts of the syncs that were planned before this one, by name. */
  earlier: ReadonlyMap<string, Draft>;
  /** The sync whose destination is this one's source. */
  upstream: Sync | null;
  stop: Stop | null;
  host: Extract<HostFacts, { reachable: true }> | null;
  source: EndpointFacts | null;
  destination: EndpointFacts | null;
  /** Absolute; may hold a placeholder. */
  sourcePath: string | null;
  /** Volumes that are plugged in and have to be opened first. */
  opens: Set<string>;
  /** Volumes on drives that are open already. */
  uses: Set<string>;
  steps: Step[];
  retention: RetentionLine[];
  findings: Finding[];
}

/** Why a sync is not planned: absent things skip it, errors block it. */
export interface Stop {
  state: 'skipped' | 'blocked' | 'disabled';
  finding: Finding;
}

export type Pass = (draft: Draft) => Stop | null;

export function newDraft(
  input: PlanInput,
  sync: Sync,
  upstream: Sync | null,
  earlier: ReadonlyMap<string, Draft>,
): Draft {
  return {
    input,
    sync,
    earlier,
    upstream,
    stop: null,
    host: null,
    source: null,
    destination: null,
    sourcePath: null,
    opens: new Set(),
    uses: new Set(),
    steps: [],
    retention: [],
    findings: [],
  };
}

export function skip(draft: Draft, remark: Remark): Stop {
  return { state: 'skipped', finding: findingFor(draft, 'info', remark) };
}

export function block(draft: Draft, remark: Remark): Stop {
  return { state: 'blocked', finding: findingFor(draft, 'error', remark) };
}

/** A guard protects data; `--allow-destructive` turns it into a warning. */
export function guard(draft: Draft, remark: Remark): Stop | null {
  if (draft.input.request.allowDestructive) {
    const { guard: _, ...allowed } = remark;
    warn(draft, { ...allowed, message: `${remark.message} Allowed by --allow-destructive.` });
    return null;
  }
  return block(draft, { ...remark, guard: true });
}

export function warn(draft: Draft, remark: Remark): void {
  draft.findings.push(findingFor(draft, 'warning', { ...remark, severity: 'warning' }));
}

function findingFor(draft: Draft, severity: Finding['severity'], remark: Remark): Finding {
  return { severity, ...locate(draft.input.spec, `/syncs/${draft.sync.name}`), sync: draft.sync.name, ...remark };
}

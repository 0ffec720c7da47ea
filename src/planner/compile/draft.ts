import type { DirectoryFacts, EndpointFacts, HostFacts } from '../model/facts.ts';
import { locate, type Finding, type Remark } from '../model/finding.ts';
import type { PlanInput, RetentionLine } from '../model/plan.ts';
import type { Sync } from '../model/spec.ts';
import type { Step } from '../model/step.ts';
import type { Absence } from '../volumes/unmarked.ts';

/** A sync on its way through the stages (`stages.ts`). Each adds what later ones need, and its type says so. */
export interface Draft {
  input: PlanInput;
  sync: Sync;
  /** The sync whose destination is this one's source. */
  upstream: Sync | null;
  /** Syncs that have their steps already, by name. */
  planned: ReadonlyMap<string, Planned>;
  retention: readonly RetentionLine[];
  findings: Finding[];
}

/** Its destination can be used, or is on a drive that is opened first. */
export interface Reached extends Draft {
  host: ReachableHost;
  destination: KnownEndpoint;
  /** Volumes that are plugged in and have to be opened first. */
  opens: ReadonlySet<string>;
  /** Volumes on drives that are open already. */
  uses: ReadonlySet<string>;
}

/** So can its source. */
export interface Connected extends Reached {
  source: KnownEndpoint;
}

/** It is known what is read. */
export interface Readable extends Connected {
  /** Absolute; may hold a placeholder. */
  sourcePath: string;
}

/** It has its steps. */
export interface Planned extends Reached {
  steps: Step[];
}

export type ReachableHost = Extract<HostFacts, { reachable: true }>;

export type KnownEndpoint = EndpointFacts & { directory: DirectoryFacts };

/** Why a sync is not planned: absent things skip it, errors block it. */
export interface Stop {
  state: 'skipped' | 'blocked' | 'disabled';
  finding: Finding;
  /** Of a sync that is skipped for what is not there, or not prepared. */
  absence?: Absence;
}

/** What became of a sync: its steps, or why it has none. */
export type Ended = (Planned & { stop: null }) | (Draft & { stop: Stop; steps: [] });

export function newDraft(
  input: PlanInput,
  sync: Sync,
  upstream: Sync | null = null,
  planned: ReadonlyMap<string, Planned> = new Map(),
): Draft {
  return { input, sync, upstream, planned, retention: [], findings: [] };
}

export function skip(draft: Draft, remark: Remark, absence?: Absence): Stop {
  return {
    state: 'skipped',
    finding: findingFor(draft, 'info', remark),
    ...(absence === undefined ? {} : { absence }),
  };
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

/** Worth knowing, and normal. */
export function inform(draft: Draft, remark: Remark): void {
  draft.findings.push(findingFor(draft, 'info', remark));
}

function findingFor(draft: Draft, severity: Finding['severity'], remark: Remark): Finding {
  return { severity, ...locate(draft.input.spec, `/syncs/${draft.sync.name}`), sync: draft.sync.name, ...remark };
}

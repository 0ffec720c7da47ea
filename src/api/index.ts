/* What programs import: `import { openSpec, plan, apply } from 'nbkp'`. docs/api.md shows how. */
import type { FindDocument, ListDocument } from '../planner/model/browsing.ts';
import type { SnapshotsDiffDocument } from '../planner/model/comparison.ts';
import type { DiffDocument } from '../planner/model/diff.ts';
import type { CheckDocument, HistoryDocument, SnapshotsDocument, StatusDocument } from '../planner/model/documents.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { Result } from '../planner/model/result.ts';
import type { SimulationDocument } from '../planner/model/simulation.ts';
import type { VerifyDocument } from '../planner/model/verification.ts';
import type { ApplyOptions, Run } from './apply.ts';
import type * as Library from './library.ts';
import type { Nbkp, OpenOptions } from './open-spec.ts';
import type {
  CompareOptions,
  DiffOptions,
  FileInSnapshot,
  FindOptions,
  HistoryOptions,
  ListOptions,
  ObserveOptions,
  PlanOptions,
  PrepareOptions,
  ReadOptions,
  RestoreOptions,
  Selection,
  SimulateOptions,
  VerifyOptions,
} from './values.ts';

export type { RunEvent } from '../planner/model/event.ts';
export type { Facts } from '../planner/model/facts.ts';
export type { Finding } from '../planner/model/finding.ts';
export type { Plan } from '../planner/model/plan.ts';
export type { Result } from '../planner/model/result.ts';
export type { RunRecord } from '../planner/model/run.ts';
export type { Step } from '../planner/model/step.ts';
export type { ApplyOptions, Run } from './apply.ts';
export type { Nbkp, OpenOptions } from './open-spec.ts';
export type * from './values.ts';

/** Reading it takes longer than Node takes to start, so that it waits for the first spec. */
let library: typeof Library | undefined;

/** What has a handle has it from `openSpec`. */
function opened(): typeof Library {
  if (library === undefined) throw new Error('no spec is open: openSpec opens one');
  return library;
}

/**
 * Reads and checks a spec. A file that others can change is refused, as for `nbkp run`.
 *
 * @returns findings of the spec, also of one that is good
 */
export async function openSpec(options: OpenOptions): Promise<Result<Nbkp>> {
  library ??= await import('./library.ts');
  return library.openSpec(options);
}

/** What is there now: hosts, drives, folders, snapshots. Writes nothing. */
export async function observe(nbkp: Nbkp, options: ObserveOptions = {}): Promise<Result<Facts>> {
  return opened().observe(nbkp, options);
}

/** What a run would do now, and why. The document of `nbkp plan --json`. */
export async function plan(nbkp: Nbkp, options: PlanOptions = {}): Promise<Result<Plan>> {
  return opened().plan(nbkp, options);
}

/** What `nbkp prepare` would do: marks and folders for volumes, all that syncs use for none. */
export async function prepare(nbkp: Nbkp, options: PrepareOptions = {}): Promise<Result<Plan>> {
  return opened().prepare(nbkp, options);
}

/** What a restore would copy, by a dry run. */
export async function restore(nbkp: Nbkp, options: RestoreOptions): Promise<Result<Plan>> {
  return opened().restore(nbkp, options);
}

/** How each volume and sync is: the document of `nbkp status --json`. */
export async function status(nbkp: Nbkp, selection: Selection = {}): Promise<Result<StatusDocument>> {
  return opened().status(nbkp, selection);
}

/** Every precondition of a run: the document of `nbkp check --json`. */
export async function check(nbkp: Nbkp, selection: Selection = {}): Promise<Result<CheckDocument>> {
  return opened().check(nbkp, selection);
}

/** Past runs of this spec, the newest first: the document of `nbkp history --json`. */
export async function history(nbkp: Nbkp, options: HistoryOptions = {}): Promise<Result<HistoryDocument>> {
  return opened().history(nbkp, options);
}

/** The snapshots of each sync, with the reason why each stays or goes: the document of `nbkp snapshots list --json`. */
export async function snapshots(nbkp: Nbkp, selection: Selection = {}): Promise<Result<SnapshotsDocument>> {
  return opened().snapshots(nbkp, selection);
}

/** What retention keeps on the days to come, and its room: the document of `nbkp snapshots simulate --json`. */
export async function simulate(nbkp: Nbkp, options: SimulateOptions = {}): Promise<Result<SimulationDocument>> {
  return opened().simulate(nbkp, options);
}

/** A folder of a snapshot: the document of `nbkp ls --json`. */
export async function list(nbkp: Nbkp, options: ListOptions): Promise<Result<ListDocument>> {
  return opened().list(nbkp, options);
}

/** What is in a file of a snapshot, as a stream. */
export async function readFile(nbkp: Nbkp, options: ReadOptions): Promise<Result<FileInSnapshot>> {
  return opened().readFile(nbkp, options);
}

/** What changed between two snapshots: the document of `nbkp snapshots diff --json`. */
export async function compare(nbkp: Nbkp, options: CompareOptions): Promise<Result<SnapshotsDiffDocument>> {
  return opened().compare(nbkp, options);
}

/** What a change of the spec changes in the plan: the document of `nbkp diff --json`. Observes nothing. */
export async function diff(nbkp: Nbkp, options: DiffOptions): Promise<Result<DiffDocument>> {
  return opened().diff(nbkp, options);
}

/** A file in all snapshots that are here, each version once: the document of `nbkp find --json`. */
export async function find(nbkp: Nbkp, options: FindOptions): Promise<Result<FindDocument>> {
  return opened().find(nbkp, options);
}

/** Reads copies and finds files that are no longer what was copied: the document of `nbkp verify --json`. */
export async function verify(nbkp: Nbkp, options: VerifyOptions = {}): Promise<Result<VerifyDocument>> {
  return opened().verify(nbkp, options);
}

/**
 * Runs a plan: the very one that `plan`, `prepare` or `restore` returned, or one of `nbkp plan --out`, once. It is refused
 * when what it was made from has changed.
 */
export function apply(nbkp: Nbkp, plan: Plan, options: ApplyOptions = {}): Run {
  return opened().apply(nbkp, plan, options);
}

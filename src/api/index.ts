/* What programs import: `import { openSpec, plan, apply } from 'nbkp'`. docs/api.md shows how. */
import { isAbsolute } from 'node:path';
import type { SnapshotsDiffDocument } from '../planner/model/comparison.ts';
import type { DiffDocument } from '../planner/model/diff.ts';
import type { FindDocument, ListDocument } from '../planner/model/browsing.ts';
import type { CheckDocument, HistoryDocument, SnapshotsDocument, StatusDocument } from '../planner/model/documents.ts';
import type { Facts } from '../planner/model/facts.ts';
import { hasErrors } from '../planner/model/finding.ts';
import type { Overwrite, Plan, PlanRequest } from '../planner/model/plan.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { SimulationDocument } from '../planner/model/simulation.ts';
import type { VerifyDocument } from '../planner/model/verification.ts';
import { snapshotsDocument } from '../planner/documents/snapshots.ts';
import { usage } from '../planner/model/findings/questions.ts';
import { remember } from './made-plans.ts';
import { checked } from './check.ts';
import { compared } from './compare.ts';
import { differing } from './diff.ts';
import { found } from './find.ts';
import { historyOf } from './history.ts';
import { listed } from './list.ts';
import { namedSync, namedSyncs } from './named.ts';
import { behind } from './handles.ts';
import type { Nbkp } from './open-spec.ts';
import { planBackup, type Planned } from './plan-backup.ts';
import { preparing, toPrepare } from './plan-prepare.ts';
import { planRestore } from './plan-restore.ts';
import { fileIn } from './read-file.ts';
import { requestOf } from './request.ts';
import { DAYS, simulated } from './simulate.ts';
import { statusOf } from './status.ts';
import { UsageError } from './usage-error.ts';
import type { DiffOptions, FileInSnapshot } from './values.ts';
import { verified } from './verify.ts';
import { observeWorld, type Workspace } from './workspace.ts';

export type { RunEvent } from '../planner/model/event.ts';
export type { Facts } from '../planner/model/facts.ts';
export type { Finding } from '../planner/model/finding.ts';
export type { Plan } from '../planner/model/plan.ts';
export type { Result } from '../planner/model/result.ts';
export type { RunRecord } from '../planner/model/run.ts';
export type { Step } from '../planner/model/step.ts';
export { apply, type ApplyOptions, type Run } from './apply.ts';
export type { DiffOptions, FileInSnapshot, SpecOrPlan } from './values.ts';
export { openSpec, type Nbkp, type OpenOptions } from './open-spec.ts';

/** Which syncs something is about: all without any. */
export interface Selection {
  /** Names of syncs, or `VOLUME:` for all that touch a volume. */
  only?: readonly string[];
  exclude?: readonly string[];
}

/** What is there now: hosts, drives, folders, snapshots. Writes nothing. */
export function observe(nbkp: Nbkp, { syncs }: { syncs?: readonly string[] } = {}): Promise<Result<Facts>> {
  return asking(nbkp, async (workspace) => {
    const names = syncs && namedSyncs(workspace.spec, requestFor({ only: syncs })).map(({ name }) => name);
    const { facts, findings } = await observeWorld(workspace, names);
    return success(facts, findings);
  });
}

export interface PlanOptions extends Selection {
  /** Plan from these, and observe nothing. Such a plan cannot be applied. */
  facts?: Facts;
  /** Preview each file: a dry run of every transfer. */
  files?: boolean;
  /** `prune` for a plan that only prunes. Default: `backup`. */
  purpose?: 'backup' | 'prune';
  /** Plan as if the guards let pass. `apply` has to be told so, too. */
  allowDestructive?: boolean;
}

/** What a run would do now, and why. The document of `nbkp plan --json`. */
export function plan(nbkp: Nbkp, options: PlanOptions = {}): Promise<Result<Plan>> {
  return asking(nbkp, async (workspace) => {
    const { facts: given, files = false, purpose = 'backup' } = options;
    const planned = await planBackup(workspace, requestFor(options), { given, files, purpose });
    return given === undefined ? made(planned) : success(planned.plan, planned.remarks);
  });
}

/** What `nbkp prepare` would do: marks and folders for volumes, all that syncs use for none. */
export function prepare(
  nbkp: Nbkp,
  options: {
    volumes?: readonly string[];
    here?: boolean;
    takeOver?: boolean;
    /** Syncs whose copies keep all that both ends can hold, from the next run on. */
    upgradeOptions?: readonly string[];
  } = {},
): Promise<Result<Plan>> {
  return asking(nbkp, async (workspace) => {
    const { volumes = [], here = false, takeOver = false, upgradeOptions = [] } = options;
    const named = toPrepare(workspace.spec, volumes, upgradeOptions);
    const { facts, remarks, planFor } = await preparing(workspace, named, { here, takeOver, upgradeOptions });
    return made({ plan: planFor(named.map(({ name }) => name)), facts, remarks });
  });
}

export interface RestoreOptions {
  sync: string;
  /** `latest`, `-2`, `yesterday`, a day, or the beginning of a name. Default: the latest. */
  snapshot?: string;
  /** In the snapshot, or full paths in the source. Default: all. */
  paths?: readonly string[];
  /** An absolute path. */
  to: string;
  /** Which entries that are there and differ give way. Default: `never`. */
  overwrite?: Overwrite;
  /** Entries of another kind give way too. `apply` has to be told so as well. */
  allowDestructive?: boolean;
}

/** What a restore would copy, by a dry run. */
export function restore(nbkp: Nbkp, options: RestoreOptions): Promise<Result<Plan>> {
  return asking(nbkp, async (workspace) => {
    const { snapshot = null, paths = [], to, overwrite = 'never', allowDestructive = false } = options;
    if (!isAbsolute(to)) throw new UsageError(`${to} is no absolute path.`, 'Give `to` as an absolute path.');
    const sync = namedSync(workspace.spec, options.sync);
    const wanted = { sync: sync.name, snapshot, paths: [...paths], to, overwrite };
    const request = requestOf({ 'allow-destructive': allowDestructive }, { restore: wanted, drives: 'leave' });
    const planned = await planRestore({ workspace, sync, alone: null }, request, wanted);
    return hasErrors(planned.remarks) ? failure(...planned.remarks) : made(planned);
  });
}

/** How each volume and sync is: the document of `nbkp status --json`. */
export function status(nbkp: Nbkp, selection: Selection = {}): Promise<Result<StatusDocument>> {
  return asking(nbkp, async (workspace) => {
    const require = Object.keys(workspace.spec.volumes);
    const { document, remarks } = statusOf(workspace, await planBackup(workspace, requestFor(selection), { require }));
    return success(document, remarks);
  });
}

/** Every precondition of a run: the document of `nbkp check --json`. */
export function check(nbkp: Nbkp, selection: Selection = {}): Promise<Result<CheckDocument>> {
  return asking(nbkp, async (workspace) => {
    const request = requestFor(selection);
    const syncs = namedSyncs(workspace.spec, request).filter(({ enabled }) => enabled);
    const planned = await planBackup(workspace, request);
    return success(await checked(workspace, planned, syncs), planned.remarks);
  });
}

/** Past runs of this spec, the newest first: the document of `nbkp history --json`. */
export function history(
  nbkp: Nbkp,
  options: { limit?: number; since?: Date; failed?: boolean; only?: readonly string[] } = {},
): Promise<Result<HistoryDocument>> {
  return asking(nbkp, ({ spec, state, now }) => {
    const { limit = Infinity, since, failed = false, only } = options;
    const filter = { limit, since: since?.getTime() ?? -Infinity, failed, only, spec: spec.path };
    return Promise.resolve(historyOf(state, filter, now()));
  });
}

/** The snapshots of each sync, with the reason why each stays or goes: the document of `nbkp snapshots list --json`. */
export function snapshots(nbkp: Nbkp, selection: Selection = {}): Promise<Result<SnapshotsDocument>> {
  return asking(nbkp, async (workspace) => {
    const request = { ...requestFor(selection), drives: 'leave' as const };
    const { plan: pruning, facts, remarks } = await planBackup(workspace, request, { purpose: 'prune' });
    return success(snapshotsDocument(workspace.spec, facts, pruning), remarks);
  });
}

export interface SimulateOptions extends Selection {
  /** So many days after today. Default: 365. */
  days?: number;
  /** Rules in place of those of the spec: `last=3,daily=7`, or `all`. */
  keep?: string;
}

/** What retention keeps on the days to come, and its room: the document of `nbkp snapshots simulate --json`. */
export function simulate(nbkp: Nbkp, options: SimulateOptions = {}): Promise<Result<SimulationDocument>> {
  return asking(nbkp, async (workspace) => {
    const { days = DAYS, keep } = options;
    const request = { ...requestFor(options), drives: 'leave' as const };
    return simulated(workspace, await planBackup(workspace, request, { purpose: 'prune' }), { days, keep });
  });
}

/** A folder of a snapshot: the document of `nbkp ls --json`. */
export function list(
  nbkp: Nbkp,
  { sync, snapshot = null, path }: { sync: string; snapshot?: string | null; path?: string },
): Promise<Result<ListDocument>> {
  return asking(nbkp, (workspace) => listed(workspace, namedSync(workspace.spec, sync), { snapshot, path }));
}

export interface ReadOptions {
  sync: string;
  /** As for `restore`. Default: the latest. */
  snapshot?: string;
  /** In the snapshot, or the full path in the source. */
  path: string;
  /** When it aborts, so does the stream. */
  signal?: AbortSignal;
}

/** What is in a file of a snapshot, as a stream. */
export function readFile(nbkp: Nbkp, options: ReadOptions): Promise<Result<FileInSnapshot>> {
  return asking(nbkp, (workspace) => {
    const { sync, snapshot = null, path, signal = NEVER } = options;
    const until = AbortSignal.any([signal, behind(nbkp).closing]);
    return fileIn(workspace, namedSync(workspace.spec, sync), { snapshot, path }, until);
  });
}

export interface CompareOptions {
  sync: string;
  /** The older snapshot, as for `restore`. Default: the one before the latest. */
  from?: string;
  /** The newer one. Default: the latest. */
  to?: string;
  /** Of which sync `to` is a snapshot. Default: `sync`. */
  toSync?: string;
  /** So many entries are named, the largest. Default: 100. */
  limit?: number;
}

/** What changed between two snapshots: the document of `nbkp snapshots diff --json`. */
export function compare(nbkp: Nbkp, options: CompareOptions): Promise<Result<SnapshotsDiffDocument>> {
  return asking(nbkp, (workspace) => {
    const { sync, from = null, to = null, toSync = sync, limit = 100 } = options;
    return compared(workspace, { sync, snapshot: from }, { sync: toSync, snapshot: to }, limit);
  });
}

/** What a change of the spec changes in the plan: the document of `nbkp diff --json`. Observes nothing. */
export function diff(nbkp: Nbkp, options: DiffOptions): Promise<Result<DiffDocument>> {
  return asking(nbkp, () => differing(behind(nbkp), options));
}

export interface FindOptions extends Selection {
  /** A name, or a glob of one; with a slash a path. */
  pattern: string;
  ignoresCase?: boolean;
  since?: Date;
  /** Bytes. */
  larger?: number;
  signal?: AbortSignal;
}

/** A file in all snapshots that are here, each version once: the document of `nbkp find --json`. */
export function find(nbkp: Nbkp, options: FindOptions): Promise<Result<FindDocument>> {
  return asking(nbkp, async (workspace) => {
    const { pattern, ignoresCase = false, since, larger = null, signal = NEVER } = options;
    const syncs = namedSyncs(workspace.spec, requestFor(options));
    const wanted = { pattern, ignoresCase, since: since?.getTime() ?? null, larger };
    return success((await found(workspace, syncs, wanted, signal)).document);
  });
}

export interface VerifyOptions extends Selection {
  /** Percent of the files. Default: 100. */
  sample?: number;
  /** Begin anew what an interruption left. */
  restart?: boolean;
  signal?: AbortSignal;
}

/** Reads copies and finds files that are no longer what was copied: the document of `nbkp verify --json`. */
export function verify(nbkp: Nbkp, options: VerifyOptions = {}): Promise<Result<VerifyDocument>> {
  return asking(nbkp, async (workspace) => {
    const { sample = 100, restart = false, signal = NEVER } = options;
    const syncs = namedSyncs(workspace.spec, requestFor(options)).filter(({ enabled }) => enabled);
    const how = { sample, restart, signal, againstSource: false, snapshot: null, progress: () => undefined };
    return success(await verified(workspace, syncs, how));
  });
}

const NEVER = new AbortController().signal;

type Asked = Selection & { allowDestructive?: boolean };

function requestFor({ only = [], exclude = [], allowDestructive = false }: Asked): PlanRequest {
  return requestOf({ only: [...only], exclude: [...exclude], 'allow-destructive': allowDestructive });
}

function made(planned: Planned): Result<Plan> {
  return success(remember(planned), planned.remarks);
}

/** Names that the spec does not have are findings here, and no exceptions. */
async function asking<T>(nbkp: Nbkp, ask: (workspace: Workspace) => Promise<Result<T>>): Promise<Result<T>> {
  const { workspace } = behind(nbkp);
  try {
    return await ask(workspace);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return failure(usage(error.message, error.help));
  }
}

/* What is behind the functions that programs import, which index.ts describes. */
import { isAbsolute } from 'node:path';
import type { SnapshotsDiffDocument } from '../planner/model/comparison.ts';
import type { DiffDocument } from '../planner/model/diff.ts';
import type { FindDocument, ListDocument } from '../planner/model/browsing.ts';
import type { CheckDocument, HistoryDocument, SnapshotsDocument, StatusDocument } from '../planner/model/documents.ts';
import type { Facts } from '../planner/model/facts.ts';
import { hasErrors } from '../planner/model/finding.ts';
import type { Plan, PlanRequest } from '../planner/model/plan.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { SimulationDocument } from '../planner/model/simulation.ts';
import type { VerifyDocument } from '../planner/model/verification.ts';
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
import { snapshotsOf } from './snapshots.ts';
import { statusOf } from './status.ts';
import { UsageError } from './usage-error.ts';
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
import { verified } from './verify.ts';
import { observeWorld, type Workspace } from './workspace.ts';

export { apply } from './apply.ts';
export { openSpec } from './open-spec.ts';

export function observe(nbkp: Nbkp, { syncs }: ObserveOptions = {}): Promise<Result<Facts>> {
  return asking(nbkp, async (workspace) => {
    const names = syncs && namedSyncs(workspace.spec, requestFor({ only: syncs })).map(({ name }) => name);
    const { facts, findings } = await observeWorld(workspace, names);
    return success(facts, findings);
  });
}

export function plan(nbkp: Nbkp, options: PlanOptions = {}): Promise<Result<Plan>> {
  return asking(nbkp, async (workspace) => {
    const { facts: given, files = false, purpose = 'backup' } = options;
    const planned = await planBackup(workspace, requestFor(options), { given, files, purpose });
    return given === undefined ? made(planned) : success(planned.plan, planned.remarks);
  });
}

export function prepare(nbkp: Nbkp, options: PrepareOptions = {}): Promise<Result<Plan>> {
  return asking(nbkp, async (workspace) => {
    const { volumes = [], here = false, takeOver = false, upgradeOptions = [] } = options;
    const named = toPrepare(workspace.spec, volumes, upgradeOptions);
    const { facts, remarks, planFor } = await preparing(workspace, named, { here, takeOver, upgradeOptions });
    return made({ plan: planFor(named.map(({ name }) => name)), facts, remarks });
  });
}

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

export function status(nbkp: Nbkp, selection: Selection = {}): Promise<Result<StatusDocument>> {
  return asking(nbkp, async (workspace) => {
    const require = Object.keys(workspace.spec.volumes);
    const { document, remarks } = statusOf(workspace, await planBackup(workspace, requestFor(selection), { require }));
    return success(document, remarks);
  });
}

export function check(nbkp: Nbkp, selection: Selection = {}): Promise<Result<CheckDocument>> {
  return asking(nbkp, async (workspace) => {
    const request = requestFor(selection);
    const syncs = namedSyncs(workspace.spec, request).filter(({ enabled }) => enabled);
    const planned = await planBackup(workspace, request);
    return success(await checked(workspace, planned, syncs), planned.remarks);
  });
}

export function history(nbkp: Nbkp, options: HistoryOptions = {}): Promise<Result<HistoryDocument>> {
  return asking(nbkp, ({ spec, state, now }) => {
    const { limit = Infinity, since, failed = false, only } = options;
    const filter = { limit, since: since?.getTime() ?? -Infinity, failed, only, spec: spec.path };
    return Promise.resolve(historyOf(state, filter, now()));
  });
}

export function snapshots(nbkp: Nbkp, selection: Selection = {}): Promise<Result<SnapshotsDocument>> {
  return asking(nbkp, async (workspace) => {
    const request = { ...requestFor(selection), drives: 'leave' as const };
    const pruning = await planBackup(workspace, request, { purpose: 'prune' });
    return success(snapshotsOf(workspace, pruning), pruning.remarks);
  });
}

export function simulate(nbkp: Nbkp, options: SimulateOptions = {}): Promise<Result<SimulationDocument>> {
  return asking(nbkp, async (workspace) => {
    const { days = DAYS, keep } = options;
    const request = { ...requestFor(options), drives: 'leave' as const };
    return simulated(workspace, await planBackup(workspace, request, { purpose: 'prune' }), { days, keep });
  });
}

export function list(nbkp: Nbkp, { sync, snapshot = null, path }: ListOptions): Promise<Result<ListDocument>> {
  return asking(nbkp, (workspace) => listed(workspace, namedSync(workspace.spec, sync), { snapshot, path }));
}

export function readFile(nbkp: Nbkp, options: ReadOptions): Promise<Result<FileInSnapshot>> {
  return asking(nbkp, (workspace) => {
    const { sync, snapshot = null, path, signal = NEVER } = options;
    const until = AbortSignal.any([signal, behind(nbkp).closing]);
    return fileIn(workspace, namedSync(workspace.spec, sync), { snapshot, path }, until);
  });
}

export function compare(nbkp: Nbkp, options: CompareOptions): Promise<Result<SnapshotsDiffDocument>> {
  return asking(nbkp, (workspace) => {
    const { sync, from = null, to = null, toSync = sync, limit = 100 } = options;
    return compared(workspace, { sync, snapshot: from }, { sync: toSync, snapshot: to }, limit);
  });
}

export function diff(nbkp: Nbkp, options: DiffOptions): Promise<Result<DiffDocument>> {
  return asking(nbkp, () => differing(behind(nbkp), options));
}

export function find(nbkp: Nbkp, options: FindOptions): Promise<Result<FindDocument>> {
  return asking(nbkp, async (workspace) => {
    const { pattern, ignoresCase = false, since, larger = null, signal = NEVER } = options;
    const syncs = namedSyncs(workspace.spec, requestFor(options));
    const wanted = { pattern, ignoresCase, since: since?.getTime() ?? null, larger };
    return success((await found(workspace, syncs, wanted, signal)).document);
  });
}

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

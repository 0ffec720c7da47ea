/* What is behind the functions that programs import: index.ts describes them, and has their types. */
import { isAbsolute } from 'node:path';
import { hasErrors } from '../planner/model/finding.ts';
import type { Plan, PlanRequest } from '../planner/model/plan.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
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
import type * as Api from './index.ts';
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
import type { Selection } from './values.ts';
import { verified } from './verify.ts';
import { observeWorld, type Workspace } from './workspace.ts';

export { apply } from './apply.ts';
export { openSpec } from './open-spec.ts';

/** What index.ts calls, which knows what is so without options. */
type Behind<Name extends Exclude<keyof typeof Api, 'openSpec' | 'apply'>> = (
  nbkp: Nbkp,
  options: NonNullable<Parameters<(typeof Api)[Name]>[1]>,
) => ReturnType<(typeof Api)[Name]>;

export const observe: Behind<'observe'> = (nbkp, { syncs }) =>
  asking(nbkp, async (workspace) => {
    const names = syncs && namedSyncs(workspace.spec, requestFor({ only: syncs })).map(({ name }) => name);
    const { facts, findings } = await observeWorld(workspace, names);
    return success(facts, findings);
  });

export const plan: Behind<'plan'> = (nbkp, options) =>
  asking(nbkp, async (workspace) => {
    const { facts: given, files = false, purpose = 'backup' } = options;
    const planned = await planBackup(workspace, requestFor(options), { given, files, purpose });
    return given === undefined ? made(planned) : success(planned.plan, planned.remarks);
  });

export const prepare: Behind<'prepare'> = (nbkp, options) =>
  asking(nbkp, async (workspace) => {
    const { volumes = [], here = false, takeOver = false, upgradeOptions = [] } = options;
    const named = toPrepare(workspace.spec, volumes, upgradeOptions);
    const { facts, remarks, planFor } = await preparing(workspace, named, { here, takeOver, upgradeOptions });
    return made({ plan: planFor(named.map(({ name }) => name)), facts, remarks });
  });

export const restore: Behind<'restore'> = (nbkp, options) =>
  asking(nbkp, async (workspace) => {
    const { snapshot = null, paths = [], to, overwrite = 'never', allowDestructive = false } = options;
    if (!isAbsolute(to)) throw new UsageError(`${to} is no absolute path.`, 'Give `to` as an absolute path.');
    const sync = namedSync(workspace.spec, options.sync);
    const wanted = { sync: sync.name, snapshot, paths: [...paths], to, overwrite };
    const request = requestOf({ 'allow-destructive': allowDestructive }, { restore: wanted, drives: 'leave' });
    const planned = await planRestore({ workspace, sync, alone: null }, request, wanted);
    return hasErrors(planned.remarks) ? failure(...planned.remarks) : made(planned);
  });

export const status: Behind<'status'> = (nbkp, selection) =>
  asking(nbkp, async (workspace) => {
    const require = Object.keys(workspace.spec.volumes);
    const { document, remarks } = statusOf(workspace, await planBackup(workspace, requestFor(selection), { require }));
    return success(document, remarks);
  });

export const check: Behind<'check'> = (nbkp, selection) =>
  asking(nbkp, async (workspace) => {
    const request = requestFor(selection);
    const syncs = namedSyncs(workspace.spec, request).filter(({ enabled }) => enabled);
    const planned = await planBackup(workspace, request);
    return success(await checked(workspace, planned, syncs), planned.remarks);
  });

export const history: Behind<'history'> = (nbkp, options) =>
  asking(nbkp, ({ spec, state, now }) => {
    const { limit = Infinity, since, failed = false, only } = options;
    const filter = { limit, since: since?.getTime() ?? -Infinity, failed, only, spec: spec.path };
    return Promise.resolve(historyOf(state, filter, now()));
  });

export const snapshots: Behind<'snapshots'> = (nbkp, selection) =>
  asking(nbkp, async (workspace) => {
    const request = { ...requestFor(selection), drives: 'leave' as const };
    const pruning = await planBackup(workspace, request, { purpose: 'prune' });
    return success(snapshotsOf(workspace, pruning), pruning.remarks);
  });

export const simulate: Behind<'simulate'> = (nbkp, options) =>
  asking(nbkp, async (workspace) => {
    const { days = DAYS, keep } = options;
    const request = { ...requestFor(options), drives: 'leave' as const };
    return simulated(workspace, await planBackup(workspace, request, { purpose: 'prune' }), { days, keep });
  });

export const list: Behind<'list'> = (nbkp, { sync, snapshot = null, path }) =>
  asking(nbkp, (workspace) => listed(workspace, namedSync(workspace.spec, sync), { snapshot, path }));

export const readFile: Behind<'readFile'> = (nbkp, options) =>
  asking(nbkp, (workspace) => {
    const { sync, snapshot = null, path, signal = NEVER } = options;
    const until = AbortSignal.any([signal, behind(nbkp).closing]);
    return fileIn(workspace, namedSync(workspace.spec, sync), { snapshot, path }, until);
  });

export const compare: Behind<'compare'> = (nbkp, options) =>
  asking(nbkp, (workspace) => {
    const { sync, from = null, to = null, toSync = sync, limit = 100 } = options;
    return compared(workspace, { sync, snapshot: from }, { sync: toSync, snapshot: to }, limit);
  });

export const diff: Behind<'diff'> = (nbkp, options) => asking(nbkp, () => differing(behind(nbkp), options));

export const find: Behind<'find'> = (nbkp, options) =>
  asking(nbkp, async (workspace) => {
    const { pattern, ignoresCase = false, since, larger = null, signal = NEVER } = options;
    const syncs = namedSyncs(workspace.spec, requestFor(options));
    const wanted = { pattern, ignoresCase, since: since?.getTime() ?? null, larger };
    return success((await found(workspace, syncs, wanted, signal)).document);
  });

export const verify: Behind<'verify'> = (nbkp, options) =>
  asking(nbkp, async (workspace) => {
    const { sample = 100, restart = false, signal = NEVER } = options;
    const syncs = namedSyncs(workspace.spec, requestFor(options)).filter(({ enabled }) => enabled);
    const how = { sample, restart, signal, againstSource: false, snapshot: null, progress: () => undefined };
    return success(await verified(workspace, syncs, how));
  });

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

import type { ExecutorPlanning } from '../model/executor.ts';
import { type Finding, locate, type Remark } from '../model/finding.ts';
import type { Spec, Sync } from '../model/spec.ts';
import type { PlanInput } from '../model/plan.ts';
import { executorUnfit } from '../model/findings/plugins.ts';

/** Where a sync names an executor, and what that has to be able to do. */
const USES = {
  transfer: {
    name: (sync: Sync) => sync.transfer,
    fits: (executor: ExecutorPlanning) => (executor.planTransfer ?? executor.planReplica) !== undefined,
    others: [],
  },
  'snapshots.mode': {
    name: (sync: Sync) => sync.snapshots.mode,
    fits: (executor: ExecutorPlanning) => (executor.snapshots ?? executor.volumes) !== undefined,
    others: ['none'],
  },
  'source-snapshot': {
    name: (sync: Sync) => sync.sourceSnapshot,
    fits: (executor: ExecutorPlanning) => executor.sourceSnapshots !== undefined,
    others: [],
  },
} as const;

type Key = keyof typeof USES;
type Installed = Pick<PlanInput, 'executors' | 'unusable' | 'unnamed'>;

/** Why the executor that a sync names under a key cannot be used: it cannot be loaded, or none of that name does this. */
export function unknownExecutor(
  spec: Spec,
  sync: Sync,
  key: Key,
  { executors, unusable, unnamed = [] }: Installed,
): Remark {
  const { fits, others } = USES[key];
  const name = USES[key].name(sync) ?? '';
  const broken = unusable?.[name];
  if (broken !== undefined) return broken;
  const known = [...others, ...executors.filter(fits).map((executor) => executor.name)];
  return {
    ...locate(spec, `/syncs/${sync.name}/${key.replace('.', '/')}`),
    ...executorUnfit({ sync: sync.name, key, name }, known, unnamed),
  };
}

/** The same as warnings for all syncs of a spec, without what says already why a package cannot be loaded. */
export function unknownExecutors(spec: Spec, installed: Installed): Finding[] {
  return Object.values(spec.syncs).flatMap((sync) =>
    (Object.keys(USES) as Key[]).flatMap((key): Finding[] => {
      const { name, fits, others } = USES[key];
      const named = name(sync);
      if (named === null) return [];
      const known = installed.executors.some((executor) => executor.name === named && fits(executor));
      if (known || others.some((other) => other === named) || installed.unusable?.[named] !== undefined) return [];
      return [
        {
          ...locate(spec, `/syncs/${sync.name}`),
          ...unknownExecutor(spec, sync, key, installed),
          severity: 'warning',
          sync: sync.name,
        },
      ];
    }),
  );
}

import type { PreviewItem } from '../../planner/model/facts.ts';
import type { Code, Finding } from '../../planner/model/finding.ts';
import type { Plan, PlannedSync, RetentionLine } from '../../planner/model/plan.ts';
import { plannedStep, type Estimate, type Step } from '../../planner/model/step.ts';

/** When every plan here was made. */
export const NOW = '2026-03-06T14:30:00.000Z';
const DAY = 86_400_000;

/** The name of a snapshot that was made so many days before `NOW`. */
export function snapshotName(daysBefore: number): string {
  return new Date(Date.parse(NOW) - daysBefore * DAY).toISOString();
}

export function step(part: Partial<Step> & Pick<Step, 'id' | 'kind' | 'action' | 'summary'>): Step {
  const executor = { name: 'test', version: '1.0.0' };
  return plannedStep({ executor, host: 'local', reason: 'because', commands: [], params: null, ...part });
}

export function estimate(part: Partial<Estimate>): Estimate {
  return { files: 0, bytes: 0, creates: 0, updates: 0, deletes: 0, basis: 'dry-run', ...part };
}

export function transfer(sync: string, part: Partial<Step> = {}): Step {
  return step({
    id: `transfer:${sync}`,
    kind: 'transfer',
    action: 'update',
    summary: `copy laptop:${sync} to usb:${sync}`,
    reason: `a new snapshot; unchanged files are linked to ${snapshotName(1)}`,
    sync,
    volume: 'usb',
    commands: [
      ['rsync', '-a', '--delete', `/home/sam/${sync}/`, `/media/usb/${sync}/snapshots/.partial-{snapshot:${sync}}/`],
    ],
    ...part,
  });
}

export function snapshot(sync: string, part: Partial<Step> = {}): Step {
  return step({
    id: `snapshot:${sync}`,
    kind: 'snapshot',
    action: 'create',
    summary: `name the copy {snapshot:${sync}} and point latest to it`,
    reason: `history after ${snapshotName(1)}`,
    sync,
    volume: 'usb',
    dependsOn: [`transfer:${sync}`],
    commands: [['sync', '-f', `/media/usb/${sync}/snapshots`]],
    ...part,
  });
}

export function prune(sync: string, count: number, part: Partial<Step> = {}): Step {
  return step({
    id: `prune:${sync}`,
    kind: 'prune',
    action: 'delete',
    summary: `delete ${count} snapshots`,
    reason: 'no rule of snapshots.keep holds them',
    destructive: true,
    sync,
    volume: 'usb',
    dependsOn: [`snapshot:${sync}`],
    commands: [['rm', '-rf', `/media/usb/${sync}/snapshots/.prune-X`]],
    ...part,
  });
}

/** As plans are read from files: their codes may be any. */
type AnyCode<T extends { code?: Code }> = Omit<Partial<T>, 'code'> & { code?: string };

export function plannedSync(name: string, part: AnyCode<PlannedSync> = {}): PlannedSync {
  return {
    name,
    state: 'planned',
    source: `laptop:${name}`,
    destination: `usb:${name}`,
    mode: 'hard-link',
    lastSuccess: snapshotName(1),
    overdue: false,
    steps: [],
    retention: [],
    ...part,
  } as PlannedSync;
}

/** `kept` snapshots of the last days, and before them those that are pruned, oldest first. */
export function retention(kept: number, pruned: number): RetentionLine[] {
  return Array.from({ length: kept + pruned }, (_, index): RetentionLine => {
    const name = snapshotName(kept + pruned - index);
    return index < pruned
      ? { name, verdict: 'prune', reasons: ['in none of last 3, daily 7'] }
      : { name, verdict: 'keep', reasons: [`newest of day ${name.slice(0, 10)}`] };
  });
}

export function items(change: PreviewItem['change'], count: number, folder: string, size = 1_000_000): PreviewItem[] {
  return Array.from({ length: count }, (_, index) => ({
    change,
    path: `${folder}/file-${String(index + 1).padStart(3, '0')}`,
    size: size - index * 1000,
    code: change === 'delete' ? '*deleting' : change === 'create' ? '>f+++++++++' : '>f.st......',
  }));
}

export function plan(syncs: PlannedSync[], steps: Step[], part: Partial<Plan> = {}): Plan {
  const count = (state: PlannedSync['state']): number => syncs.filter((sync) => sync.state === state).length;
  const acting = (action: Step['action']): number => steps.filter((each) => each.action === action).length;
  return {
    formatVersion: '1.0',
    tool: { name: 'nbkp', version: '0.1.0' },
    createdAt: NOW,
    id: 'sha256:0',
    purpose: 'backup',
    spec: { path: 'nbkp.toml', digest: 'sha256:1' },
    machine: { hostname: 'laptop', user: 'sam' },
    request: { only: [], exclude: [], prune: true, allowDestructive: false, volumes: [], restore: null },
    basis: 'observed',
    applyable: true,
    syncs,
    steps,
    findings: [],
    summary: {
      steps: steps.length,
      byKind: {},
      syncs: {
        planned: count('planned'),
        skipped: count('skipped'),
        disabled: count('disabled'),
        blocked: count('blocked'),
      },
      creates: acting('create'),
      updates: acting('update'),
      deletes: acting('delete'),
    },
    ...part,
  };
}

export function finding(part: AnyCode<Finding> & Pick<Finding, 'message'>): Finding {
  return { severity: 'warning', ...part } as Finding;
}

/** A sync with the steps that it has. */
export function withSteps(sync: PlannedSync, ...steps: Step[]): { sync: PlannedSync; steps: Step[] } {
  return { sync: { ...sync, steps: steps.map(({ id }) => id) }, steps };
}

export function planOf(parts: readonly { sync: PlannedSync; steps: Step[] }[], part: Partial<Plan> = {}): Plan {
  return plan(
    parts.map(({ sync }) => sync),
    parts.flatMap(({ steps }) => steps),
    part,
  );
}

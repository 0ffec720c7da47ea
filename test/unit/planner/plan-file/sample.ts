import type { Plan, PlannedSync } from '../../../../src/planner/model/plan.ts';
import { plannedStep, type Step } from '../../../../src/planner/model/step.ts';
import { planId } from '../../../../src/planner/plan-file/id.ts';

export function sampleStep(id: string, changes: Partial<Step> = {}): Step {
  const [kind = '', sync = ''] = id.split(':');
  return plannedStep({
    id,
    kind,
    executor: { name: 'rsync', version: '1.0.0' },
    sync,
    volume: 'usb',
    host: 'local',
    action: 'update',
    summary: `${kind} ${sync}`,
    reason: 'the spec says so',
    preconditions: [
      {
        fact: `/endpoints/usb:${sync}/latest/name`,
        check: 'equals',
        value: '2026-03-05T14:30:00.000Z',
        description: `the latest snapshot of usb:${sync}`,
      },
    ],
    commands: [['rsync', '-a', '--max-delete=0', '/home/me/Pictures/', `/media/usb/${sync}/`]],
    locks: [{ path: `/media/usb/${sync}/.nbkp-lock`, mode: 'exclusive' }],
    devices: ['2049'],
    params: { sync, deep: [1, 0.5, -1e21, true, null, { key: 'naïve\u001b[31m "quoted" \\ / \ud83d\udcbe' }] },
    ...changes,
  });
}

export function sampleSync(name: string, changes: Partial<PlannedSync> = {}): PlannedSync {
  return {
    name,
    state: 'planned',
    source: 'laptop:Pictures',
    destination: `usb:${name}`,
    mode: 'hard-link',
    lastSuccess: null,
    overdue: false,
    steps: [`transfer:${name}`, `snapshot:${name}`],
    retention: [{ name: '2026-03-05T14:30:00.000Z', verdict: 'keep', reasons: ['latest names it'] }],
    ...changes,
  };
}

/** A plan with a right id. */
export function samplePlan(changes: Partial<Plan> = {}): Plan {
  const plan: Omit<Plan, 'id'> = {
    formatVersion: '1.0',
    tool: { name: 'nbkp', version: '0.1.0' },
    createdAt: '2026-03-06T14:30:00.000Z',
    purpose: 'backup',
    spec: { path: '/home/me/nbkp.toml', digest: `sha256:${'0'.repeat(64)}` },
    machine: { hostname: 'laptop', user: 'me' },
    request: { only: [], exclude: [], prune: true, allowDestructive: false, volumes: [], restore: null },
    basis: 'observed',
    applyable: true,
    syncs: [sampleSync('photos')],
    steps: [
      sampleStep('transfer:photos'),
      sampleStep('snapshot:photos', { dependsOn: ['transfer:photos'], action: 'create' }),
    ],
    findings: [],
    summary: {
      steps: 2,
      byKind: { transfer: 1, snapshot: 1 },
      syncs: { planned: 1, skipped: 0, disabled: 0, blocked: 0 },
      creates: 1,
      updates: 1,
      deletes: 0,
    },
    ...changes,
  };
  return { ...plan, id: planId(plan) };
}

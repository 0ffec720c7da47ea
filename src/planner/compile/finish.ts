import { planId } from '../plan-file/id.ts';
import type { Facts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import { PLAN_FORMAT, type Plan, type PlannedSync, type PlanPurpose, type PlanInput } from '../model/plan.ts';
import { systemUnproved } from '../model/findings/servers.ts';
import { destinationName, endpointKey, LOCAL_HOST } from '../model/spec.ts';
import type { Step } from '../model/step.ts';
import { forecastOf, spaceFindings } from './forecast.ts';
import { summarise } from '../model/summary.ts';
import { previewOf } from '../kinds/rsync/previewed.ts';
import type { Draft, Ended } from './draft.ts';
import { routesOf } from './routes.ts';

/** Puts the parts together to the document that people and scripts read. */
export function finishPlan(
  input: PlanInput,
  purpose: PlanPurpose,
  parts: { syncs: PlannedSync[]; steps: Step[]; findings: Finding[] },
): Plan {
  const { spec, facts, request, version } = input;
  const transfers = parts.steps.filter(({ kind, estimate }) => kind === 'transfer' && estimate !== undefined);
  const forecast = transfers.length === 0 ? [] : forecastOf(spec, parts.steps, facts);
  const routes = routesOf(spec, facts);
  const plan: Omit<Plan, 'id'> = {
    formatVersion: PLAN_FORMAT,
    tool: { name: 'nbkp', version },
    createdAt: facts.observedAt,
    purpose,
    spec: { path: spec.path, digest: spec.digest },
    machine: facts.machine,
    request,
    basis: facts.basis,
    applyable: facts.basis === 'observed' && !lacksFilters(facts),
    syncs: parts.syncs,
    steps: parts.steps,
    findings: [...unproved(facts), ...spec.findings.toSorted(bySubject), ...parts.findings, ...spaceFindings(forecast)],
    summary: summarise(parts.steps, parts.syncs),
    ...(forecast.length === 0 ? {} : { forecast }),
    ...(routes.length === 0 ? {} : { routes }),
  };
  let id: string | undefined;
  return {
    ...plan,
    // Made when it is asked for: to digest a plan takes as long as to make it, and one that is only shown needs none.
    get id() {
      return (id ??= planId(plan));
    },
  };
}

/** Said once, whatever the plan is for. */
function unproved({ hosts }: Facts): Finding[] {
  return Object.entries(hosts).flatMap(([id, host]) =>
    host.reachable && host.os === 'darwin' ? [systemUnproved(id === LOCAL_HOST ? 'this machine' : id)] : [],
  );
}

/** Without all filters it would copy and delete other files. */
function lacksFilters({ filterProblems = {} }: Facts): boolean {
  return Object.values(filterProblems).some(({ kind }) => kind === 'outside');
}

/** Not by place: a plan is the same wherever in the spec its tables stand. */
function bySubject(a: Finding, b: Finding): number {
  const key = ({ code, sync, volume, message }: Finding): string => [code, sync, volume, message].join('\n');
  return key(a) < key(b) ? -1 : 1;
}

/** What the plan remarks on one sync. A skipped sync is no finding: it stands in the plan with its reason. */
export function findingsOf({ stop, findings }: Ended): Finding[] {
  if (stop === null) return findings;
  return stop.state === 'blocked' ? [...findings, stop.finding] : [];
}

/** What the plan says of one sync. */
export function plannedSync(draft: Ended): PlannedSync {
  const { sync, stop, input } = draft;
  const lastSuccess = input.facts.history[sync.name]?.lastSuccess?.at ?? null;
  const preview = previewOf({ ...input, sync });
  return {
    name: sync.name,
    state: stop?.state ?? 'planned',
    ...(stop === null ? {} : { reason: stop.finding.message, code: stop.finding.code }),
    ...(stop?.absence === undefined ? {} : { absence: stop.absence }),
    source: endpointKey(sync.source),
    destination: destinationName(sync),
    ...(sync.stored === undefined ? {} : { marks: endpointKey(sync.destination) }),
    mode: sync.snapshots.mode,
    lastSuccess,
    overdue: isOverdue(draft, lastSuccess),
    steps: draft.steps.map((step) => step.id),
    retention: [...draft.retention],
    ...(preview === null ? {} : { items: preview.items, itemsTruncated: preview.truncated }),
  };
}

/** Never succeeded counts as past a `max-age` that is written; a disabled sync is never overdue. */
function isOverdue({ sync, input }: Draft, lastSuccess: string | null): boolean {
  const maxAge = sync.maxAge;
  if (typeof maxAge !== 'number' || !sync.enabled || input.facts.basis === 'none') return false;
  return lastSuccess === null || Date.parse(input.facts.observedAt) - Date.parse(lastSuccess) > maxAge;
}

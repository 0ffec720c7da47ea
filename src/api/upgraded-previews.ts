import { buildPlan } from '../planner/purposes/backup.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import { endpointKey } from '../planner/model/spec.ts';
import { bestOptions } from '../planner/volumes/copy-options.ts';
import { namedSyncs } from './named.ts';
import { preview, type Doing } from './plan-backup.ts';
import { requestOf } from './request.ts';
import { planInput, type Workspace } from './workspace.ts';

/** Facts with dry runs of these syncs as they would copy once they keep all that both ends can hold. */
export async function upgradedPreviews(
  workspace: Workspace,
  facts: Facts,
  { only, doing }: { only: readonly string[]; doing?: Doing | undefined },
): Promise<{ facts: Facts; problems: Finding[] }> {
  if (only.length === 0) return { facts, problems: [] };
  const { spec } = workspace;
  const request = requestOf({ only: [...only] });
  const syncs = namedSyncs(spec, request);
  const upgraded = syncs.flatMap((sync) => {
    const key = endpointKey(sync.destination);
    const endpoint = facts.endpoints[key];
    const options = bestOptions({ spec, facts }, sync, endpoint?.directory?.mount ?? null);
    const owner = endpoint?.identity?.owner;
    if (endpoint === undefined || owner == null || options === null) return [];
    return [[key, { ...endpoint, identity: { ...endpoint.identity, owner: { ...owner, options } } }] as const];
  });
  const endpoints = { ...facts.endpoints, ...Object.fromEntries(upgraded) };
  const plan = buildPlan(planInput(workspace, { ...facts, endpoints }, request), syncs, 'backup');
  const { previews, problems } = await preview(workspace, { plan, facts }, { doing });
  return { facts: { ...facts, previews }, problems };
}

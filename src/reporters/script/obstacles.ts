import { isReadThroughLatest } from '../../planner/compile/copied-history.ts';
import { upstreamsOf } from '../../planner/compile/select.ts';
import type { Facts } from '../../planner/model/facts.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { scriptNotPossible } from '../../planner/model/findings/runs.ts';
import type { Plan, PlanInput } from '../../planner/model/plan.ts';
import { endpointKey, hostAt, LOCAL_HOST, volumeNamed, type Spec, type Sync } from '../../planner/model/spec.ts';
import type { Step } from '../../planner/model/step.ts';
import { transferParams } from '../../planner/kinds/rsync/params.ts';
import { KINDS as PLANNED_KINDS, unholdableObstacle } from '../sh/obstacles.ts';
import { hasToken } from './words.ts';

/** What a script is made from. The plan is one for a script (`buildPlan`), in which no drive is opened. */
export interface ScriptInput {
  spec: Spec;
  facts: Facts;
  plan: Plan;
  /** As the planner got it. */
  request: PlanInput['request'];
}

/** By executor, the kinds of its steps that a script can do: it makes none of its destinations. */
const KINDS: Readonly<Record<string, readonly string[]>> = { ...PLANNED_KINDS, prepare: ['record'] };

/** Why no script can be made of a sync that does all that `run` would: what comes first. Null where one can. */
export function scriptObstacle(input: ScriptInput, sync: Sync): Finding | null {
  const obstacle = (why: string, what: 'spec' | 'ends', help?: string): Finding => ({
    ...scriptNotPossible(`${sync.name} ${why}`, what),
    sync: sync.name,
    ...(help === undefined ? {} : { help }),
  });
  const asked = wantsTooMuch(input.spec, sync);
  if (asked !== null) return obstacle(asked, 'spec');
  const unknown = notKnown(input, sync);
  if (unknown !== null) return obstacle(unknown.why, 'ends', unknown.help);
  const why = unusual(input, sync);
  return why === null ? null : obstacle(why, 'spec');
}

/** What the spec asks for that no script does. */
function wantsTooMuch(spec: Spec, sync: Sync): string | null {
  const { mode } = sync.snapshots;
  const isElsewhere = (volume: string | null): boolean => volume !== null && hostAt(spec, volume) !== LOCAL_HOST;
  const remote = [sync.source, sync.destination].filter(({ volume }) => isElsewhere(volume));
  if (remote.length > 1) return `has both ${remote.map(endpointKey).join(' and ')} on a server`;
  if (sync.transfer !== 'rsync') return `is copied by ${sync.transfer}, and a script knows rsync alone`;
  if (!['none', 'hard-link', 'btrfs'].includes(mode))
    return `has snapshots of mode ${mode}, and a script makes those of hard-link and btrfs alone`;
  if (sync.sourceSnapshot !== null) return `has source-snapshot = "${sync.sourceSnapshot}"`;
  if (sync.unholdable === 'skip') return 'has unholdable = "skip"';
  if (sync.policy.pruneFirst === true && mode !== 'none') return 'has policy.prune-first';
  if (sync.policy.onBattery !== null || sync.policy.metered !== null)
    return 'waits for power or for another network (policy.on-battery, policy.metered)';
  if ([...sync.before, ...sync.after, ...sync.onFailure].some(({ onVolume }) => isElsewhere(onVolume)))
    return 'has commands that run on a server';
  return null;
}

/** Guards and what changes every day have stopped nothing: what is left is an end that nobody has seen, or that cannot be one. */
function notKnown({ plan }: ScriptInput, sync: Sync): { why: string; help?: string } | null {
  const planned = plan.syncs.find(({ name }) => name === sync.name);
  if (planned === undefined) return { why: 'is not in the plan' };
  const { state, code, reason = state } = planned;
  if (state === 'planned') return null;
  const why = reason.replace(/\.$/, '');
  if (state === 'blocked') {
    const { help } = plan.findings.find((each) => each.sync === sync.name && each.code === code) ?? {};
    return { why: `cannot be planned: ${why}`, ...(help === undefined ? {} : { help }) };
  }
  return {
    why: `has an end that is not here, and its options follow from the file systems, the marks and the real paths of both ends, and from the rsync of their machines: ${why}`,
  };
}

function unusual(input: ScriptInput, sync: Sync): string | null {
  const steps = input.plan.steps.filter((step) => step.sync === sync.name);
  const strange = steps.find(
    ({ kind, executor, releases }) => KINDS[executor.name]?.includes(kind) !== true || releases !== undefined,
  );
  if (strange?.kind === 'create')
    return 'has a destination that belongs to nobody yet: nbkp prepare or nbkp run writes down whose it is and what its copy keeps';
  if (strange !== undefined) return `needs the step ${strange.id}`;
  const transfer = steps.find(({ kind }) => kind === 'transfer');
  if (transfer === undefined) return 'copies nothing';
  return unholdableObstacle(transfer) ?? unknownPlace(input, sync) ?? unreadableWords(steps, sync);
}

/** What is fixed has to be known. */
function unknownPlace({ spec, facts }: ScriptInput, sync: Sync): string | null {
  for (const endpoint of [sync.source, sync.destination]) {
    const volume = volumeNamed(spec, endpoint.volume);
    const host = facts.hosts[volume.host];
    if (host?.reachable === true && host.os !== 'linux')
      return `has ${endpointKey(endpoint)} on a machine without Linux`;
    const place = facts.volumes[endpoint.volume]?.directory ?? null;
    const end = facts.endpoints[endpointKey(endpoint)]?.directory ?? null;
    if (place === null || end?.mount == null) return `has ${endpointKey(endpoint)} on an unknown file system`;
    if (volume.mount !== null && place.mount?.uuid == null) return `has ${volume.name} without a UUID`;
    if ([place.realPath, end.realPath].some((path) => path.includes('\uFFFD')))
      return `has ${endpointKey(endpoint)} at a path with bytes that are not UTF-8`;
  }
  return null;
}

function unreadableWords(steps: readonly Step[], { before, after, onFailure, filters, rsync }: Sync): string | null {
  const written = [
    ...[...before, ...after, ...onFailure].flatMap(({ argv }) => argv),
    ...filters.flatMap((filter) => Object.values(filter)).map(String),
    ...(rsync.options ?? []),
    ...rsync.extraOptions,
  ];
  const rules = steps.flatMap(({ kind, params }) => (kind === 'transfer' ? transferParams(params).filters : []));
  const token = [...written, ...rules].find(hasToken);
  if (token !== undefined) return `is written with ${token}, which stands for something else in a script`;
  return [...written, ...rules].some((text) => text.includes('\uFFFD'))
    ? 'is written with bytes that are not UTF-8'
    : null;
}

/** Is the source read through the snapshot that its `latest` names? */
export function readsThroughLatest({ spec, facts, request }: ScriptInput, sync: Sync): boolean {
  const source = facts.endpoints[endpointKey(sync.source)];
  const input: PlanInput = { spec, facts, request, executors: [], version: '' };
  return source !== undefined && isReadThroughLatest(input, source, upstreamsOf(spec).get(sync.name));
}

import { hostAt, LOCAL_HOST, type Condition, type Sync } from '../model/spec.ts';
import { skip, type Draft, type Stop } from './draft.ts';
import { locate } from '../model/finding.ts';

/** On battery, or on a metered network, what `[policy]` says so waits. What the machine cannot say is no reason to wait. */
export function conditions(draft: Draft): Stop | null {
  const { spec, facts, request } = draft.input;
  if (request.conditions === 'ignore') return null;
  const local = facts.hosts[LOCAL_HOST];
  if (local?.reachable !== true || local.conditions === undefined) return null;
  const { onBattery, metered } = local.conditions;
  const { sync } = draft;
  if (onBattery === true && waits(spec.policy.onBattery, sync)) {
    return waiting(draft, spec.policy.onBattery, 'on-battery', 'on-battery', 'This machine is on battery');
  }
  const ends = [sync.source, sync.destination];
  const usesNetwork = ends.some(({ volume }) => hostAt(spec, volume) !== LOCAL_HOST);
  if (metered === true && usesNetwork && waits(spec.policy.metered, sync)) {
    return waiting(draft, spec.policy.metered, 'network-metered', 'metered', 'The network is metered');
  }
  return null;
}

function waits(condition: Condition | null, { priority }: Sync): boolean {
  return condition === 'skip' || (condition === 'high-priority' && priority !== 'high');
}

function waiting(draft: Draft, condition: Condition | null, code: string, key: string, text: string): Stop {
  const message = `${text}${condition === 'high-priority' ? ', where only syncs of high priority run' : ''}.`;
  const priority = condition === 'high-priority' ? ', or give it priority = "high"' : '';
  const help = `It runs when that is over. Now: nbkp apply --ignore-conditions. For good: change ${key} in [policy]${priority}.`;
  return skip(draft, { code, message, help, ...locate(draft.input.spec, `/policy/${key}`) });
}

import { hostAt, LOCAL_HOST, type Condition, type Sync } from '../model/spec.ts';
import { skip, type Draft, type Stop } from './draft.ts';
import { locate, type Remark } from '../model/finding.ts';
import { networkMetered, onBattery as onBatteryPower } from '../model/findings/presence.ts';

/** On battery, or on a metered network, what `[policy]` says so waits. What the machine cannot say is no reason to wait. */
export function conditions(draft: Draft): Stop | null {
  const { spec, facts, request } = draft.input;
  if (request.conditions === 'ignore') return null;
  const local = facts.hosts[LOCAL_HOST];
  if (local?.reachable !== true || local.conditions === undefined) return null;
  const { onBattery, metered } = local.conditions;
  const { sync } = draft;
  if (onBattery === true && waits(spec.policy.onBattery, sync)) {
    return waiting(draft, 'on-battery', onBatteryPower(spec.policy.onBattery));
  }
  const ends = [sync.source, sync.destination];
  const usesNetwork = ends.some(({ volume }) => hostAt(spec, volume) !== LOCAL_HOST);
  if (metered === true && usesNetwork && waits(spec.policy.metered, sync)) {
    return waiting(draft, 'metered', networkMetered(spec.policy.metered));
  }
  return null;
}

function waits(condition: Condition | null, { priority }: Sync): boolean {
  return condition === 'skip' || (condition === 'high-priority' && priority !== 'high');
}

function waiting(draft: Draft, key: string, remark: Remark): Stop {
  return skip(draft, { ...remark, ...locate(draft.input.spec, `/policy/${key}`) });
}

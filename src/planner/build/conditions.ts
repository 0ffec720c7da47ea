import { hostAt, LOCAL_HOST, type Condition, type Sync } from '../model/spec.ts';
import { locate, skip, type Draft, type Stop } from './draft.ts';

/** On battery, or on a metered network, what `[policy]` says so waits. What the machine cannot say is no reason to wait. */
export function conditions(draft: Draft): Stop | null {
  const { spec, facts } = draft.input;
  const local = facts.hosts[LOCAL_HOST];
  if (local?.reachable !== true || local.conditions === undefined) return null;
  const { onBattery, metered } = local.conditions;
  const { sync } = draft;
  if (onBattery === true && waits(spec.policy.onBattery, sync)) {
    return waiting(draft, 'on-battery', 'on-battery', `This machine is on battery${whose(spec.policy.onBattery)}.`);
  }
  const ends = [sync.source, sync.destination];
  const usesNetwork = ends.some(({ volume }) => hostAt(spec, volume) !== LOCAL_HOST);
  if (metered === true && usesNetwork && waits(spec.policy.metered, sync)) {
    return waiting(draft, 'network-metered', 'metered', `The network is metered${whose(spec.policy.metered)}.`);
  }
  return null;
}

function waits(condition: Condition | null, { priority }: Sync): boolean {
  return condition === 'skip' || (condition === 'high-priority' && priority !== 'high');
}

function whose(condition: Condition | null): string {
  return condition === 'high-priority' ? ', where only syncs of high priority run' : '';
}

function waiting(draft: Draft, code: string, key: string, message: string): Stop {
  const help = `It runs when that is over. To run it all the same, change ${key} in [policy], or give it priority = "high".`;
  return skip(draft, { code, message, help, ...locate(draft.input.spec, `/policy/${key}`) });
}

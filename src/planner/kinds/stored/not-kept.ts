import { lackingIn } from '../../file-systems/kept.ts';
import { orFault } from './fault.ts';
import type { ExecutorPlanning } from '../../model/executor.ts';
import type { Finding } from '../../model/finding.ts';
import { notKept } from '../../model/findings/file-systems.ts';
import { endpointKey } from '../../model/spec.ts';
import type { KnownSync } from '../../model/known.ts';

/** What of a source the executor does not keep, as it says itself. */
export function notKeptBy({ name, volumes }: ExecutorPlanning, { spec, facts, sync }: KnownSync): Finding[] {
  const keeps = orFault(() => volumes?.keeps?.({ spec, sync }) ?? null);
  if (keeps === null) return [];
  if ('fault' in keeps) return [keeps.fault];
  const lost = lackingIn(keeps, facts.endpoints[endpointKey(sync.source)]?.directory?.mount);
  const volume = sync.stored?.volume ?? '';
  return lost.length === 0 ? [] : [{ ...notKept({ volume, title: name, lost }), volume }];
}

import { locate, type Finding } from '../model/finding.ts';
import { ownNameLeftOut } from '../model/findings/presence.ts';
import type { PlanInput } from '../model/plan.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import { aboutElsewhere } from '../spec/filters/elsewhere.ts';

/** What nbkp and its programs make themselves, or may have left. */
const OWN = /^\.nbkp-(?:latest-|tmp-|source(?:\/|$))/;

/** What of a source is not copied although somebody may think so. */
export function sourceRemarks(input: PlanInput, syncs: readonly Sync[]): Finding[] {
  return syncs.flatMap((sync) => [...filterRemarks(input, sync), ...nameRemarks(input, sync)]);
}

/** Where the home folder is, which `~` in the spec means, only the machine tells. */
function filterRemarks({ spec, facts }: PlanInput, { name, source, filters }: Sync): Finding[] {
  const path = facts.endpoints[endpointKey(source)]?.path;
  if (path === undefined || spec.volumes[source.volume]?.path?.startsWith('~') !== true) return [];
  return filters.flatMap((filter, index) => {
    const remark = aboutElsewhere(filter, path);
    if (remark === null || aboutElsewhere(filter, '') !== null) return [];
    return [
      { severity: 'warning' as const, ...remark, ...locate(spec, `/syncs/${name}/filters/${index}`), sync: name },
    ];
  });
}

function nameRemarks({ spec, facts }: PlanInput, { name, source }: Sync): Finding[] {
  const { path, leftovers } = facts.endpoints[endpointKey(source)] ?? { path: '', leftovers: [] };
  const own = leftovers.filter((entry) => !OWN.test(entry));
  if (own.length === 0) return [];
  return [{ ...ownNameLeftOut(path, own), ...locate(spec, `/syncs/${name}/source`), sync: name }];
}

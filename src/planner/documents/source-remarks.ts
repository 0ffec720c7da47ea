import { locate, type Finding } from '../model/finding.ts';
import { filterMatchesNothing } from '../model/findings/filters.ts';
import { ownNameLeftOut } from '../model/findings/presence.ts';
import type { PlanInput } from '../model/plan.ts';
import { endpointKey, hostAt, type Sync } from '../model/spec.ts';
import { aboutElsewhere, onlyPath } from '../spec/filters/elsewhere.ts';

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

/** The paths of this host that filters of its sources name, which have to be looked for. */
export function namedPaths(input: PlanInput, syncs: readonly Sync[], host: string): string[] {
  return [...new Set(syncs.flatMap((sync) => named(input, sync, host).map(({ path }) => path)))];
}

/** Filters that are about a path which is not there. */
export function unmatched(
  input: PlanInput,
  syncs: readonly Sync[],
  host: string,
  missing: ReadonlySet<string>,
): Finding[] {
  return syncs.flatMap((sync) =>
    named(input, sync, host)
      .filter(({ path }) => missing.has(path))
      .map(({ pattern, path, index }) => ({
        ...filterMatchesNothing(pattern, path),
        ...locate(input.spec, `/syncs/${sync.name}/filters/${index}`),
        sync: sync.name,
      })),
  );
}

function named({ spec, facts }: PlanInput, { source, filters }: Sync, host: string) {
  const there = facts.endpoints[endpointKey(source)];
  if (hostAt(spec, source.volume) !== host || there?.directory == null || there.directory.empty) return [];
  return filters.flatMap((filter, index) => {
    const pattern = onlyPath(filter);
    // What looks like a path of the machine is told already.
    if (pattern === null || aboutElsewhere(filter, there.path) !== null) return [];
    return [{ pattern, path: `${there.path}${pattern.replace(/\/+$/, '')}`, index }];
  });
}

function nameRemarks({ spec, facts }: PlanInput, { name, source }: Sync): Finding[] {
  const { path, leftovers } = facts.endpoints[endpointKey(source)] ?? { path: '', leftovers: [] };
  const own = leftovers.filter((entry) => !OWN.test(entry));
  if (own.length === 0) return [];
  return [{ ...ownNameLeftOut(path, own), ...locate(spec, `/syncs/${name}/source`), sync: name }];
}

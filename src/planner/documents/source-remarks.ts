import { locate, type Finding } from '../model/finding.ts';
import { filterMatchesNothing, filterNamesNothing } from '../model/findings/filters.ts';
import { ownNameLeftOut } from '../model/findings/presence.ts';
import type { PlanInput } from '../model/plan.ts';
import { endpointKey, hostAt, type Sync } from '../model/spec.ts';
import { aboutElsewhere, nameAnywhere, onlyPath } from '../spec/filters/elsewhere.ts';

/** What nbkp and its programs make themselves, or may have left. */
const OWN = /^\.nbkp-(?:latest-|tmp-|try|source(?:\/|$))/;
const MARK = /^\.nbkp-(?:vol|src|dst|lock|last\.json)$/;

/** So many names are told. */
const NAMED = 5;

/** What of a source is not copied although somebody may think so. */
export function sourceRemarks(input: PlanInput, syncs: readonly Sync[]): Finding[] {
  return syncs.flatMap((sync) => filterRemarks(input, sync));
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

/** The names that filters of a sync are about wherever they are. None where not all of its source can be looked through. */
export function namesAnywhere({ facts }: PlanInput, { source, filters }: Sync): string[] {
  const { mounts = [], directory = null } = facts.endpoints[endpointKey(source)] ?? {};
  // What is mounted in it is not looked into.
  if (mounts.length > 0 || directory === null || directory.empty) return [];
  return filters.flatMap((filter) => nameAnywhere(filter) ?? []);
}

/** Filters of a sync that are about names which nothing in its source bears. */
export function unmatchedNames({ spec, facts }: PlanInput, sync: Sync, missing: readonly string[]): Finding[] {
  const { path } = facts.endpoints[endpointKey(sync.source)] ?? { path: '' };
  const vain = sync.filters.flatMap((filter, index) => {
    const name = nameAnywhere(filter);
    return name !== null && missing.includes(name) ? [{ name, index }] : [];
  });
  const [first] = vain;
  if (first === undefined) return [];
  const names = vain.slice(0, NAMED).map(({ name }) => name);
  const where = locate(spec, `/syncs/${sync.name}/filters/${first.index}`);
  return [{ ...filterNamesNothing(names, vain.length, path), ...where, sync: sync.name }];
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

/**
 * What of a source no copy has, since its name is kept for nbkp or for rsync.
 *
 * @param below entries with such names at any depth; null where not all were seen, and only those in the source itself are known
 */
export function nameRemarks(
  { spec, facts }: PlanInput,
  { name, source }: Sync,
  below: readonly string[] | null,
): Finding[] {
  const { path, leftovers } = facts.endpoints[endpointKey(source)] ?? { path: '', leftovers: [] };
  const found = (below ?? leftovers).map((entry) => ({ entry, folder: folderOf(entry), own: nameOf(entry) }));
  // What is in the copies of other syncs is theirs.
  const copies = found.flatMap(({ folder, own }) => (own === '.nbkp-dst' ? [folder] : []));
  const own = found.filter(
    (each) =>
      !OWN.test(each.own) &&
      !OWN.test(each.entry) &&
      !MARK.test(each.own) &&
      !copies.some((copy) => `${each.entry}/`.startsWith(copy)),
  );
  if (own.length === 0) return [];
  const remark = ownNameLeftOut(
    path,
    own.slice(0, NAMED).map(({ entry }) => entry),
    own.length,
  );
  return [{ ...remark, ...locate(spec, `/syncs/${name}/source`), sync: name }];
}

function nameOf(entry: string): string {
  return entry.slice(entry.lastIndexOf('/') + 1);
}

/** With its slash, and empty for the source itself. */
function folderOf(entry: string): string {
  return entry.slice(0, entry.lastIndexOf('/') + 1);
}

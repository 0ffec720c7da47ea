import { findVersions, type Root } from '../hosts/browse/find-versions.ts';
import { parsePattern } from '../hosts/browse/pattern.ts';
import { copiesOf } from '../planner/documents/chosen-copy.ts';
import { observedHeader } from '../planner/documents/status.ts';
import type { FindDocument } from '../planner/model/browsing.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import { endpointKey, type Sync } from '../planner/model/spec.ts';
import { pathsInSnapshot } from '../planner/purposes/restore.ts';
import { groupBy } from '../reporters/text/group.ts';
import { observeWorld, folderOf, type Workspace } from './workspace.ts';

/** What is looked for. */
export interface Wanted {
  pattern: string;
  ignoresCase: boolean;
  /** Milliseconds since 1970. */
  since: number | null;
  /** Bytes. */
  larger: number | null;
}

/**
 * Finds a name in the snapshots of syncs, each version once.
 *
 * @returns what is wrong beside it, too: syncs that are not here, and snapshots that could not be read
 */
export async function found(
  workspace: Workspace,
  syncs: readonly Sync[],
  wanted: Wanted,
  signal: AbortSignal,
): Promise<{ document: FindDocument; absent: Finding[]; unread: Finding[] }> {
  const { spec } = workspace;
  const names = syncs.map(({ name }) => name);
  const { facts } = await observeWorld(workspace, names);
  const { roots, findings: absent } = copiesToSearch(workspace, facts, syncs, wanted);
  const hosts = [...groupBy(roots, ({ host }) => host).entries()];
  const each = await Promise.all(
    hosts.map(([host, there]) =>
      findVersions(folderOf(workspace, { host, path: '/' }).transport, there, wanted, signal),
    ),
  );
  const unread = each.flatMap(({ findings }) => findings);
  const document: FindDocument = {
    formatVersion: '1.0',
    ...observedHeader(spec, facts, { findings: [...absent, ...unread] }),
    ...{ pattern: wanted.pattern, searched: roots.length, versions: each.flatMap(({ versions }) => versions) },
  };
  return { document, absent, unread };
}

/** A pattern that is a full path means the sync in whose source that is. */
function copiesToSearch(
  { spec }: Workspace,
  facts: Facts,
  syncs: readonly Sync[],
  { pattern, ignoresCase }: Pick<Wanted, 'pattern' | 'ignoresCase'>,
): { roots: (Root & { host: string })[]; findings: Finding[] } {
  const all = syncs.map((sync) => ({ sync, copies: copiesOf({ spec, facts }, sync) }));
  const roots = all.flatMap(({ sync, copies }) => {
    const [inside = ''] = pathsInSnapshot([pattern], facts.endpoints[endpointKey(sync.source)]);
    if (!copies.ok || inside === '' || inside.startsWith('/')) return [];
    // Of one name, so that it stays anchored.
    const anchored = inside === pattern || inside.includes('/') ? inside : `/${inside}`;
    const about = { linked: sync.snapshots.mode === 'hard-link', pattern: parsePattern(anchored, ignoresCase) };
    return copies.value.map((copy) => ({ ...copy, ...about }));
  });
  return { roots, findings: all.flatMap(({ copies }) => copies.findings) };
}

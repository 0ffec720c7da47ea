import type { SyncHistory } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import { endsOf } from '../planner/volumes/ends.ts';
import type { Spec, Volume } from '../planner/model/spec.ts';
import { readLastRuns, specKey, writeLastRuns } from '../store/history.ts';
import { unwritable } from '../store/state-directory.ts';

/**
 * Forgets where the file systems of volumes were mounted at the last success: a person has said that the folders that are
 * there now are meant.
 */
export function forgetMounts(state: string, spec: Spec, volumes: readonly Volume[]): Finding[] {
  const names = new Set(volumes.map(({ name }) => name));
  const key = specKey(spec.path);
  const { history, findings } = readLastRuns(state, key, endsOf(spec));
  const changed: Record<string, SyncHistory> = {};
  for (const { name, source, destination } of Object.values(spec.syncs)) {
    const known = history[name];
    if (known?.lastSuccess == null) continue;
    const lastSuccess = {
      ...known.lastSuccess,
      ...(names.has(destination.volume) ? { mountTarget: null } : {}),
      ...(names.has(source.volume) ? { sourceMountTarget: null } : {}),
    };
    changed[name] = { ...known, lastSuccess };
  }
  try {
    writeLastRuns(state, key, changed);
    return findings;
  } catch (error) {
    return [...findings, unwritable(state, error)];
  }
}

import { observedHeader } from '../planner/documents/status.ts';
import type { SyncVerification, VerifyCounts, VerifyDocument } from '../planner/model/verification.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Sync } from '../planner/model/spec.ts';
import { observeWorld, type Workspace } from './workspace.ts';
import { verifySync, type VerifyOptions } from './verify-sync.ts';

type Options = Omit<VerifyOptions, 'version' | 'progress' | 'remark'> & {
  /** Told after each batch of files. */
  progress: (sync: Sync, counts: VerifyCounts) => void;
};

/** Reads the copies of syncs, one after the other, as far as nothing interrupts. */
export async function verified(
  workspace: Workspace,
  syncs: readonly Sync[],
  { progress, ...options }: Options,
): Promise<VerifyDocument> {
  const names = syncs.map(({ name }) => name);
  const { facts } = await observeWorld(workspace, names);
  const results: SyncVerification[] = [];
  const findings: Finding[] = [];
  const remark = (finding: Finding): void => void findings.push(finding);
  for (const sync of syncs) {
    if (options.signal.aborted) break;
    const told = (counts: VerifyCounts): void => progress(sync, counts);
    const own = { version: workspace.version, progress: told, remark };
    results.push(await verifySync(workspace, facts, sync, { ...options, ...own }));
  }
  return {
    formatVersion: '1.0',
    ...observedHeader(workspace.spec, facts, { findings }),
    ok: results.every(isGood),
    syncs: results,
  };
}

function isGood({ state, counts }: SyncVerification): boolean {
  return state !== 'failed' && counts.bad === 0;
}

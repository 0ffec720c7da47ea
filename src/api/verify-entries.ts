import { changedAt } from '../hosts/compare/changed-at.ts';
import { specChangedAt } from '../store/spec-file.ts';
import { changesListed, sieveFor } from '../hosts/rsync/preview.ts';
import type { RunOptions } from '../hosts/transport/transport.ts';
import { OutputLines } from '../hosts/rsync/output-lines.ts';
import { buildPlan } from '../planner/purposes/backup.ts';
import { transferParams } from '../planner/kinds/rsync/params.ts';
import type { Facts, PreviewItem } from '../planner/model/facts.ts';
import type { Sync } from '../planner/model/spec.ts';
import type { Step } from '../planner/model/step.ts';
import type { FileProblem } from '../planner/model/verification.ts';
import { parseSnapshotName } from '../planner/retention/names.ts';
import { originalOf, type Copy } from '../planner/documents/chosen-copy.ts';
import { requestOf } from './request.ts';
import { folderOf, type Workspace } from './workspace.ts';

/** So many differences are judged; who has more has another problem. */
const JUDGED = 20_000;
const BATCH = 2000;
/** Milliseconds that the clock of a server may be off, beyond what was observed of it. */
const SKEW_MS = 2000;

/**
 * Entries of a snapshot that are missing, or that should not be there, or that are of another kind, size, time or target
 * than in the source. Only what has not changed in the source since the snapshot was begun is judged: for anything else
 * nobody knows what it was then. Nothing is judged when the spec, and so perhaps its filters, is newer than the snapshot.
 */
export async function verifyEntries(
  workspace: Workspace,
  facts: Facts,
  sync: Sync,
  copy: Copy,
  { signal, version }: { signal: AbortSignal; version: string },
): Promise<FileProblem[]> {
  const begun = copy.snapshot === null ? null : parseSnapshotName(copy.snapshot);
  const original = originalOf({ spec: workspace.spec, facts }, sync);
  const step = begun === null || original === null ? null : transferOf(workspace, facts, sync, version);
  if (begun === null || original === null || step === null) return [];
  if (workspace.fromText === true || specChangedAt(workspace.spec.path) >= begun) return [];
  const items = await differences(workspace, step, copy, signal);
  const source = folderOf(workspace, original);
  const host = facts.hosts[original.host];
  const skew = host?.reachable === true ? host.clockSkew : undefined;
  const limit = skew === undefined ? begun : begun + skew * 1000 - SKEW_MS;
  const problems: FileProblem[] = [];
  for (let from = 0; from < items.length && !signal.aborted; from += BATCH) {
    const batch = items.slice(from, from + BATCH);
    const times = await changedAt(
      source,
      batch.map(({ path }) => path),
      signal,
    );
    batch.forEach((item, index) => {
      const seen = times[index];
      // What is in the source and would be deleted is excluded: that is no damage.
      const excluded = item.change === 'delete' && seen?.there === true;
      if (seen !== undefined && !excluded && seen.time * 1000 < limit) problems.push(problemOf(item));
    });
  }
  return problems;
}

function problemOf({ change, path }: PreviewItem): FileProblem {
  return { path, problem: change === 'create' ? 'missing' : change === 'delete' ? 'extra' : 'changed' };
}

/** Null when the sync could not be run now: then nothing tells how it would be copied. */
function transferOf({ spec, executors }: Workspace, facts: Facts, sync: Sync, version: string): Step | null {
  const request = requestOf({ only: [sync.name], 'ignore-conditions': true, 'allow-destructive': true });
  const plan = buildPlan({ spec, facts, request, ...executors.planning, version }, [sync], 'backup');
  const step = plan.steps.find(({ kind }) => kind === 'transfer');
  return step?.executor.name !== 'rsync' || step.deferred !== undefined ? null : step;
}

/** What a run would change if it were to make the copy again: by the same options and filters. */
async function differences(workspace: Workspace, step: Step, copy: Copy, signal: AbortSignal): Promise<PreviewItem[]> {
  const items: PreviewItem[] = [];
  const params = { ...transferParams(step.params), compareWith: copy.path };
  const run = (argv: readonly string[], options?: RunOptions) => workspace.world.run(step.host, argv, options);
  const sieve = await sieveFor(params, { run }, signal);
  const rules = sieve?.rules();
  const { command, itemIn, late } = changesListed(params, null);
  const output = new OutputLines((line) => {
    const item = itemIn(line);
    if (item === null || sieve?.spares(item) === true || sieve?.isUndated(item) === true || late.has(item.path)) return;
    if (items.length < JUDGED && isJudged(item)) items.push(item);
  });
  const onStdout = (chunk: Buffer): void => output.write(chunk);
  await run(command, { signal, onStdout, ...(rules && { stdin: rules }) });
  output.end();
  return items;
}

/** Attributes alone are not judged, nor which names are of one file: many file systems and users cannot keep all of that. */
function isJudged({ change, code, path }: PreviewItem): boolean {
  if (path === './') return false;
  return change !== 'update' || /^(?:[<>c]|h.(?:c|.s|..[tT]))/.test(code);
}

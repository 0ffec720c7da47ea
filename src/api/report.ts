import { snapshotsDocument } from '../planner/documents/snapshots.ts';
import { volumeQuestion } from '../planner/facts/questions.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { Report } from '../planner/model/report.ts';
import type { RunRecord } from '../planner/model/run.ts';
import type { RunHeader } from '../planner/model/stored.ts';
import { afterRun } from '../store/history.ts';
import { planBackup, type Planned } from './plan-backup.ts';
import { requestOf } from './request.ts';
import { DAYS, simulated } from './simulate.ts';
import { recentRuns, statusOf } from './status.ts';
import { observeWorld, type Workspace } from './workspace.ts';

export { writeReportFile } from '../store/document-files.ts';

/** A run at its end, of which nothing is recorded yet. */
export interface EndingRun {
  header: RunHeader;
  plan: Plan;
  record: RunRecord;
}

interface Asked {
  only?: string[] | undefined;
  exclude?: string[] | undefined;
  /** For the plan that only prunes, in place of observing. */
  given?: Facts;
  /** Counts as a run that has ended. */
  ending?: RunRecord;
}

/** What `nbkp report` tells, and what was remarked on the way. */
export async function reported(
  workspace: Workspace,
  planned: Planned,
  { only, exclude, given, ending }: Asked,
): Promise<{ content: Report; remarks: Finding[] }> {
  const { document, remarks } = statusOf(workspace, planned, ending);
  const request = requestOf({ only, exclude, mount: false });
  const pruning = await planBackup(workspace, request, { purpose: 'prune', given });
  const simulation = simulated(workspace, pruning, { days: DAYS });
  if (!simulation.ok) throw new Error('the rules of a spec are read');
  const runs = recentRuns(workspace.state, workspace.spec, ending);
  const names = new Set(document.syncs.map(({ name }) => name));
  const records = (runs.ok ? runs.value : []).map(({ record }) => ({
    ...record,
    syncs: record.syncs.filter(({ name }) => names.has(name)),
  }));
  // Whoever reads the file does not see this terminal.
  const status = { ...document, findings: [...document.findings, ...remarks] };
  const snapshots = snapshotsDocument(workspace.spec, pruning.facts, pruning.plan);
  return { content: { status, snapshots, simulation: simulation.value, records }, remarks };
}

/** What a report tells once this run has ended: made by itself at its end, while the drives may still be open. */
export async function reportAtEnd(workspace: Workspace, { header, plan, record }: EndingRun): Promise<Report> {
  const volumes = Object.values(workspace.spec.volumes);
  const { facts, findings } = await observeWorld(workspace, undefined, volumes.map(volumeQuestion));
  const history = { ...facts.history, ...afterRun(facts.history, header, plan, record) };
  const others = Object.entries(facts.running ?? {}).filter(([, { run }]) => run !== record.run);
  const given = { ...facts, history, running: Object.fromEntries(others) };
  const planned = await planBackup(workspace, requestOf({ mount: false }), { given });
  return (await reported(workspace, { ...planned, remarks: findings }, { given, ending: record })).content;
}

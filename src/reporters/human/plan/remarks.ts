import type { Finding } from '../../../planner/model/finding.ts';
import { bySeverity, findingLines, foldedLines } from '../../findings.ts';
import { groupBy } from '../../text/group.ts';
import { isBlocking } from './idle.ts';
import type { PlanView } from './view.ts';

/** Findings that are not told with a blocked sync, long rows of one kind folded. */
export function findingsBlock(view: PlanView): string[] {
  const blocking = isBlocking(view.plan);
  const blocked = new Set(view.plan.syncs.filter(({ state }) => state === 'blocked').map(({ name }) => name));
  const findings = view.plan.findings.filter(
    (finding) => !(blocking(finding) && blocked.has(finding.sync ?? '')) && !isToldWithDrive(view, finding),
  );
  if (findings.length === 0) return [];
  const groups = groupBy(bySeverity(findings), ({ severity, code }) => `${severity}[${code}]`);
  return [view.style.bold('Findings'), ...[...groups.values()].flatMap((group) => groupLines(view, group))];
}

/** Told beside the steps of its drive; where drives are to be opened it is all there is to tell. */
export function isToldWithDrive({ plan }: PlanView, { code }: Finding): boolean {
  return code === 'drive-open' && plan.purpose !== 'mount';
}

function groupLines({ style, options }: PlanView, group: readonly Finding[]): string[] {
  const narrow = { ...style, width: style.width - 2 };
  const lines = options.all
    ? group.flatMap((finding) => findingLines(finding, narrow, { excerpt: false }))
    : foldedLines(group, narrow);
  return lines.map((line) => `  ${line}`);
}

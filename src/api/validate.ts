import { unknownExecutors } from '../planner/compile/unknown-executor.ts';
import { expandFilters } from '../planner/kinds/rsync/filters.ts';
import type { Finding } from '../planner/model/finding.ts';
import { assumedAt } from './given-facts.ts';
import type { Workspace } from './workspace.ts';

/** What is to be said of a spec that was read, besides what was said on the way: executors and filter files. */
export function specRemarks(workspace: Workspace): Finding[] {
  const { spec, executors } = workspace;
  const told = spec.findings.map(({ message }) => message);
  const broken = Object.values(executors.planning.unusable ?? {})
    .filter(({ message }) => !told.includes(message))
    .map((finding): Finding => ({ ...finding, severity: 'warning' }));
  return [...spec.findings, ...unknownExecutors(spec, executors.planning), ...broken, ...filterFindings(workspace)];
}

/** What is wrong with filter files. That one outside of the spec's folder is not read says nothing against the spec. */
function filterFindings({ spec, filters, now }: Workspace): Finding[] {
  const facts = assumedAt(now())(spec, filters);
  const syncs = Object.values(spec.syncs).filter(({ enabled }) => enabled);
  return syncs
    .flatMap((sync) =>
      expandFilters({ spec, facts, sync }).findings.map((finding) => ({ ...finding, sync: sync.name })),
    )
    .filter(({ code }) => code !== 'filter-file-outside')
    .map((finding) => ({ ...finding, severity: 'warning' }));
}

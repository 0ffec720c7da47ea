import type { CheckResult } from '../model/documents.ts';
import type { Finding } from '../model/finding.ts';

type About = Pick<CheckResult, 'subject'> & Partial<Pick<CheckResult, 'sync' | 'volume'>>;

export function passed(about: About): CheckResult {
  return { ...about, outcome: 'passed', fix: [] };
}

export function failed(about: About, finding: Finding, fix: string[][] = []): CheckResult {
  return { ...about, outcome: 'failed', finding, fix };
}

/** Not possible now, which is normal for a nomad. */
export function absent(about: About, finding: Omit<Finding, 'severity'>): CheckResult {
  return { ...about, outcome: 'absent', finding: { ...finding, severity: 'info' }, fix: [] };
}

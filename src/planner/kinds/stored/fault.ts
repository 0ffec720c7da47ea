import type { Finding } from '../../model/finding.ts';

/** An executor went wrong where its answer has no place for a finding: it blocks the sync. */
export class PlanningFault extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.message);
    this.finding = finding;
  }
}

/** What `plan` returns, or the finding that says what went wrong. */
export function orFault<T>(plan: () => T): T | { fault: Finding } {
  try {
    return plan();
  } catch (error) {
    if (error instanceof PlanningFault) return { fault: error.finding };
    throw error;
  }
}

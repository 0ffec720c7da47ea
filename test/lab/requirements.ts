import { describe, type SuiteFactory } from 'vitest';
import { whyNoLab } from './why-no-lab.ts';

/** Tests in the lab's machine. Where it cannot be started, the report lists each of them as skipped, and why. */
export function describeInLab(name: string, tests: SuiteFactory): void {
  const reason = whyNoLab();
  if (reason === null) describe(name, { timeout: 900_000 }, tests);
  else describe.skip(`${name} (skipped: ${reason})`, tests);
}

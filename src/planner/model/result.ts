import type { Finding } from './finding.ts';

/**
 * What a user can cause. `findings` of a success hold warnings and infos only; a failure holds at least one error.
 * Exceptions are for bugs.
 */
export type Result<T> = { ok: true; value: T; findings: Finding[] } | { ok: false; findings: Finding[] };

export function success<T>(value: T, findings: Finding[] = []): Result<T> {
  return { ok: true, value, findings };
}

export function failure(...findings: Finding[]): { ok: false; findings: Finding[] } {
  return { ok: false, findings };
}

import { join } from 'node:path';
import type { FileProblem, VerifyCounts } from '../planner/model/verification.ts';
import { makeDirectory, parseJson, readIfPresent, writeAtomically } from './files.ts';
import { specDirectory } from './history.ts';

/** How far the verification of a sync has come. */
export interface VerificationState {
  /** Of the copy. */
  path: string;
  /** Every so many files are verified, beginning with the one that has this number. */
  step: number;
  first: number;
  counts: VerifyCounts;
  problems: FileProblem[];
  /** ISO 8601, UTC; null while files are left. */
  finishedAt: string | null;
}

/** Null when there is none, or none that can be understood: then the verification begins anew. */
export function readVerification(state: string, specKey: string, sync: string): VerificationState | null {
  const value = parseJson(readIfPresent(fileOf(state, specKey, sync)) ?? '');
  return isState(value) ? value : null;
}

/** Throws what the system reports. */
export function writeVerification(state: string, specKey: string, sync: string, value: VerificationState): void {
  makeDirectory(join(specDirectory(state, specKey), 'verify'));
  writeAtomically(fileOf(state, specKey, sync), `${JSON.stringify(value)}\n`);
}

function fileOf(state: string, specKey: string, sync: string): string {
  return join(specDirectory(state, specKey), 'verify', `${sync}.json`);
}

function isState(value: unknown): value is VerificationState {
  if (typeof value !== 'object' || value === null || !('counts' in value) || !('problems' in value)) return false;
  if (!('step' in value) || !('first' in value) || !('path' in value) || !('finishedAt' in value)) return false;
  return typeof value.counts === 'object' && Array.isArray(value.problems);
}

import { join } from 'node:path';
import type { VerificationState } from '../planner/model/stored.ts';
import { makeDirectory, readIfPresent, writeAtomically } from './files.ts';
import { specDirectory } from './history.ts';
import { readStored } from './stored.ts';

/** Null when there is none, or none that can be understood: then the verification begins anew. */
export function readVerification(state: string, specKey: string, sync: string): VerificationState | null {
  return readStored('verification', readIfPresent(fileOf(state, specKey, sync)));
}

/** Throws what the system reports. */
export function writeVerification(state: string, specKey: string, sync: string, value: VerificationState): void {
  makeDirectory(join(specDirectory(state, specKey), 'verify'));
  writeAtomically(fileOf(state, specKey, sync), `${JSON.stringify(value)}\n`);
}

function fileOf(state: string, specKey: string, sync: string): string {
  return join(specDirectory(state, specKey), 'verify', `${sync}.json`);
}

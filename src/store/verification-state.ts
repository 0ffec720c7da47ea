import { dirname } from 'node:path';
import type { VerificationState } from '../planner/model/stored.ts';
import { makeDirectory, readIfPresent, writeAtomically } from './files.ts';
import { placeOfEnds, type OfEnds } from './of-ends.ts';
import { readStored } from './stored.ts';

/** Null when there is none, or none that can be understood: then the verification begins anew. */
export function readVerification(of: OfEnds): VerificationState | null {
  return readStored('verification', readIfPresent(fileOf(of)));
}

/** Throws what the system reports. */
export function writeVerification(of: OfEnds, value: VerificationState): void {
  const file = fileOf(of);
  makeDirectory(dirname(file));
  writeAtomically(file, `${JSON.stringify(value)}\n`);
}

function fileOf(of: OfEnds): string {
  return placeOfEnds(of, 'verify', '.json');
}

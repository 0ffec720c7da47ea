import { createHash } from 'node:crypto';
import type { Plan } from '../model/plan.ts';
import { writeCanonical } from './canonical.ts';

const NOT_DIGESTED = new Set(['id', 'createdAt', 'forecast', 'routes']);

/** Characters that are digested at once: calls to the hash are slow, and the text of a large plan takes 100 MB. */
const CHUNK = 65_536;

/**
 * The id of a plan: `sha256:` and the digest, in hex, of its canonical JSON without `id`, `createdAt`,
 * `forecast` and `routes`. Two plans have one id when they would do the same for the same reasons, whenever they were made. Properties that this version
 * does not know are digested too.
 */
export function planId(plan: Omit<Plan, 'id'>): string {
  const digested = Object.fromEntries(Object.entries(plan).filter(([key]) => !NOT_DIGESTED.has(key)));
  const hash = createHash('sha256');
  let pending = '';
  writeCanonical(digested, (piece) => {
    pending += piece;
    if (pending.length < CHUNK) return;
    hash.update(pending);
    pending = '';
  });
  return `sha256:${hash.update(pending).digest('hex')}`;
}

import { createHash } from 'node:crypto';
import type { Plan } from '../model/plan.ts';
import { writeCanonical } from '../model/canonical.ts';

const NOT_DIGESTED = new Set(['id', 'createdAt', 'forecast', 'routes']);

/** Characters that are digested at once: calls to the hash are slow, and the text of a large plan takes 100 MB. */
const CHUNK = 65_536;

/**
 * The part of a plan that its id stands for: what it does and why. Not when it was made, how much room there was, by
 * which way a server was reached, or in which line of the spec a remark was found. What this version does not know stays
 * in.
 */
function identity(plan: Omit<Plan, 'id'>): object {
  const kept = Object.entries(plan).filter(([key]) => !NOT_DIGESTED.has(key));
  const findings = plan.findings.map((finding) => ({ ...finding, location: undefined, excerpt: undefined }));
  return { ...Object.fromEntries(kept), findings };
}

/** The id of a plan: `sha256:` and the digest, in hex, of the canonical JSON of its identity. */
export function planId(plan: Omit<Plan, 'id'>): string {
  const hash = createHash('sha256');
  let pending = '';
  writeCanonical(identity(plan), (piece) => {
    pending += piece;
    if (pending.length < CHUNK) return;
    hash.update(pending);
    pending = '';
  });
  return `sha256:${hash.update(pending).digest('hex')}`;
}

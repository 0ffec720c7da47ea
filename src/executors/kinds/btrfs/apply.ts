import { applySnapshot } from '../snapshot/apply.ts';

/** `staging/` becomes a read-only snapshot, and then `latest` moves. */
export const applyBtrfs = applySnapshot;

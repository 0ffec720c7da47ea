import { applySnapshot } from '../snapshot/apply.ts';

/** The partial folder gets the name of the snapshot by rename(2), and then `latest` moves. */
export const applyHardLink = applySnapshot;

/** The rsync 3.2.7 that `npm test` unpacks; null when it is not there. */
export function oldRsync(root: string): string | null;

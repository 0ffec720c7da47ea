/** What nbkp keeps at the top of a copy that has no snapshots. */
export const OWN = /^\.nbkp-/;
/** Where rsync keeps what it has copied of a file. */
export const PARTIAL = '.rsync-partial';

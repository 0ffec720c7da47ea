/** Cuts `SYNC[@SNAPSHOT]` in two. */
export function splitCopy(wanted: string): { sync: string; snapshot: string | null } {
  const [sync = '', snapshot] = wanted.split('@', 2);
  return { sync, snapshot: snapshot ?? null };
}

/** `SYNC@SNAPSHOT`, or `SYNC` where there are no snapshots. */
export function copyName({ sync, snapshot }: { sync: string; snapshot: string | null }): string {
  return snapshot === null ? sync : `${sync}@${snapshot}`;
}

/** Fewer deletions than this never trip the guard. */
const ALWAYS_ALLOWED_DELETIONS = 19;

/**
 * The rule of `policy.max-delete`: true when either limit is passed.
 *
 * @param deletes entries that would be deleted
 * @param entries entries of the destination, or of its last snapshot, before
 */
export function exceedsMaxDelete(
  deletes: number,
  entries: number,
  limit: { percent: number; files: number | null },
): boolean {
  if (deletes <= ALWAYS_ALLOWED_DELETIONS) return false;
  return deletes > (entries * limit.percent) / 100 || (limit.files !== null && deletes > limit.files);
}

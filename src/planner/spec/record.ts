/**
 * A record sorted by its keys (UTF-16 code units), since the order of a table in TOML means nothing. It has no prototype:
 * `constructor` is a name like any other, and no name finds what nobody defined.
 */
export function recordOf<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const record: Record<string, T> = Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  Object.setPrototypeOf(record, null);
  return record;
}

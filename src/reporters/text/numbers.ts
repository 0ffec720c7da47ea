export { formatBytes } from '../../planner/model/bytes.ts';

/** A whole number with separators: `12,345`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 file`, `2 files`, `1,234 entries`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The first `shown` of some names and how many there are besides: `a, b and 3 more`. All of them if one more fits. */
export function listNames(names: readonly string[], shown: number): string {
  if (names.length <= shown + 1) return joinAnd(names);
  return `${names.slice(0, shown).join(', ')} and ${formatCount(names.length - shown)} more`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinAnd(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

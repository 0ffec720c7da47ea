import { filterWithSource } from '../../model/findings/spec.ts';
import type { Remark } from '../../model/finding.ts';
import type { Filter } from '../../model/spec.ts';
import { parseFilterRule } from './rule.ts';

/**
 * What is to be said of a pattern that repeats where the source is, or `~`: patterns begin at the source. The same path may be
 * there once more within it, so that this is no mistake.
 *
 * @param source absolute, or beginning with `~`
 */
export function aboutElsewhere(filter: Filter, source: string): Remark | null {
  const pattern = patternOf(filter);
  const starts = [source, '~'].filter((start) => /^[/~]./.test(start) || start === '~');
  const repeated = starts.find((start) => pattern?.startsWith(`${start}/`));
  if (pattern === null || repeated === undefined) return null;
  return filterWithSource(pattern, `${pattern.replace(/^\//, '')} within the source`, pattern.slice(repeated.length));
}

/**
 * The pattern of a filter that is about one path within the source: null where that may be several, or none is meant.
 */
export function onlyPath(filter: Filter): string | null {
  const pattern = patternOf(filter);
  return pattern !== null && /^\/[^*?[\\]+$/.test(pattern) ? pattern : null;
}

/** What it names, of a filter that compares names in the source with it. */
function patternOf(filter: Filter): string | null {
  if (filter.kind === 'exclude' || filter.kind === 'include') return filter.pattern;
  if (filter.kind !== 'rule') return null;
  const parsed = parseFilterRule(filter.rule);
  if ('problem' in parsed || ['merge', 'dir-merge', 'clear'].includes(parsed.kind)) return null;
  return /[/!C]/.test(parsed.modifiers) ? null : parsed.argument;
}

import { filterWithSource } from '../../model/findings/spec.ts';
import type { Remark } from '../../model/finding.ts';
import { isBelow } from '../../model/paths.ts';
import type { Filter } from '../../model/spec.ts';
import { parseFilterRule, type FilterRule } from './rule.ts';

const NOT_OF_SOURCES: ReadonlySet<FilterRule['kind']> = new Set(['merge', 'dir-merge', 'clear', 'protect', 'risk']);

/**
 * What is to be said of a pattern that repeats where the source is, or `~`: patterns begin at the source. The same path may be
 * there once more within it, so that this is no mistake.
 *
 * @param source absolute, or beginning with `~`
 */
export function aboutElsewhere(filter: Filter, source: string): Remark | null {
  const pattern = patternOf(filter);
  const starts = [source, '~'].filter((start) => /^[/~]./.test(start) || start === '~');
  const repeated = starts.find((start) => pattern !== null && isBelow(pattern, start));
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

/**
 * The name, or the end of a path, that a filter is about wherever in the source it is: null where it has a wildcard, and so is
 * meant for what may come, or begins at the source.
 */
export function nameAnywhere(filter: Filter): string | null {
  const pattern = patternOf(filter)?.replace(/\/\*{3,}$/, '/') ?? null;
  return pattern !== null && /^[^/*?[\\][^*?[\\]*$/.test(pattern) ? pattern : null;
}

/** What it names, of a filter that compares names in the source with it: others are about what is in the copy. */
function patternOf(filter: Filter): string | null {
  if (filter.kind === 'exclude' || filter.kind === 'include') return filter.pattern;
  if (filter.kind !== 'rule') return null;
  const parsed = parseFilterRule(filter.rule);
  if ('problem' in parsed || NOT_OF_SOURCES.has(parsed.kind)) return null;
  const ofCopiesAlone = parsed.modifiers.includes('r') && !parsed.modifiers.includes('s');
  return ofCopiesAlone || /[/!C]/.test(parsed.modifiers) ? null : parsed.argument;
}

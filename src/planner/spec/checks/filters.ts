import type { Finding } from '../../model/finding.ts';
import { parseFilterRule } from '../filters/rule.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { filterClearsRules, filterModifiers, filterNotUnderstood } from '../../model/findings/spec.ts';

/** Filter rules in rsync's own words. */
export const filters: Check = (input) =>
  Object.entries(input.written.syncs ?? {}).flatMap(([name, sync]) =>
    (sync.filters ?? []).flatMap((filter, index) =>
      typeof filter === 'string' ? rule(input, ['syncs', name, 'filters', index], filter) : [],
    ),
  );

function rule(input: CheckInput, place: (string | number)[], text: string): Finding[] {
  const parsed = parseFilterRule(text);
  if ('problem' in parsed) {
    return [remarkAt(input, place, filterNotUnderstood(text, parsed.problem))];
  }
  if (parsed.kind === 'clear') {
    return [remarkAt(input, place, filterClearsRules(text))];
  }
  if (parsed.kind === 'merge' && parsed.modifiers !== '') {
    return [remarkAt(input, place, filterModifiers(text))];
  }
  return [];
}

import type { Finding } from '../../model/finding.ts';
import { aboutElsewhere } from '../filters/elsewhere.ts';
import { parseFilterRule } from '../filters/rule.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { filterClearsRules, filterModifiers, filterNotUnderstood } from '../../model/findings/spec.ts';

/** Filter rules in rsync's own words, and patterns that are about another place than they look. */
export const filters: Check = (input) => [...rules(input), ...patterns(input)];

const patterns: Check = (input) =>
  Object.values(input.spec.syncs).flatMap(({ name, source, filters }) => {
    const root = input.spec.volumes[source.volume]?.path ?? '';
    const path = source.subdir === '' ? root : `${root}/${source.subdir}`;
    return filters.flatMap((filter, index) => {
      const remark = aboutElsewhere(filter, path);
      return remark === null ? [] : [remarkAt(input, ['syncs', name, 'filters', index], remark)];
    });
  });

const rules: Check = (input) =>
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

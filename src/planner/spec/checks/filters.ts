import type { Finding } from '../../model/finding.ts';
import { parseFilterRule } from '../filters/rule.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';

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
    return [
      remarkAt(input, place, {
        code: 'filter-not-understood',
        message: `"${text}" is not a filter rule: ${parsed.problem}.`,
        help: 'Write "- PATTERN" to leave out, "+ PATTERN" to copy nevertheless, or a table such as { exclude = "*.tmp" }.',
      }),
    ];
  }
  if (parsed.kind === 'clear') {
    return [
      remarkAt(input, place, {
        code: 'filter-clears-rules',
        message: `"${text}" would clear all rules before it, those that protect nbkp's own files among them.`,
        help: 'Remove it, and leave out the rules before it instead.',
      }),
    ];
  }
  if (parsed.kind === 'merge' && parsed.modifiers !== '') {
    return [
      remarkAt(input, place, {
        code: 'filter-not-understood',
        message: `"${text}" reads a file with modifiers, which nbkp does not know.`,
        help: 'Write { merge = "FILE" }, and the rules in that file in full.',
      }),
    ];
  }
  return [];
}

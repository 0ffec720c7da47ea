import type { Finding } from '../../model/finding.ts';
import { PLACEHOLDER } from '../../model/step.ts';
import type { Remark } from '../document.ts';
import { remarkAt, type Check } from './check.ts';
import { controlCharacter, placeholderInSpec } from '../../model/findings/spec.ts';

/** What no text of a spec may hold, since it ends up in file names and commands. */
export const strings: Check = (input) =>
  (['ssh', 'volumes', 'syncs', 'credentials'] as const).flatMap((section) => {
    const findings: Finding[] = [];
    within(input.written[section] ?? {}, [section], (text, keys) => {
      const remark = problemOf(text, keys);
      if (remark !== null) findings.push(remarkAt(input, keys, remark));
    });
    return findings;
  });

/** Visits each text, with the keys that lead to it. */
function within(value: unknown, keys: string[], visit: (text: string, keys: string[]) => void): void {
  if (typeof value === 'string') visit(value, keys);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    keys.push(key);
    within(inner, keys, visit);
    keys.pop();
  }
}

function problemOf(text: string, keys: readonly string[]): Remark | null {
  const forPeople = keys.at(-1) === 'description';
  const placeholder = text.match(PLACEHOLDER);
  if (placeholder !== null && !forPeople) {
    return placeholderInSpec(placeholder[0]);
  }
  const control = (inCommand(keys) || forPeople ? /\0/ : CONTROL).exec(text);
  if (control === null) return null;
  const code = (control[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return controlCharacter(code);
}

// eslint has a rule against control characters in patterns; this one is about them.
const CONTROL = new RegExp('[\\u0000-\\u001f\\u007f]');

/** A script in an argument may have several lines. */
function inCommand([section, , key]: readonly string[]): boolean {
  return section === 'syncs' && (key === 'before' || key === 'after' || key === 'on-failure');
}

import type { Finding } from '../../model/finding.ts';
import { PLACEHOLDER } from '../../model/step.ts';
import { child, findingAt, segmentsOf, type Remark } from '../document.ts';
import { pointerOf, type Check, type CheckInput } from './check.ts';

/** What no text of a spec may hold, since it ends up in file names and commands. */
export const strings: Check = (input) =>
  (['ssh', 'volumes', 'syncs', 'credentials'] as const).flatMap((section) =>
    within(input, pointerOf(section), input.written[section] ?? {}),
  );

function within(input: CheckInput, pointer: string, value: unknown): Finding[] {
  if (typeof value === 'string') {
    const remark = problemOf(pointer, value);
    return remark === null ? [] : [findingAt(input.document, pointer, remark)];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => within(input, child(pointer, key), inner));
}

function problemOf(pointer: string, text: string): Remark | null {
  const forPeople = segmentsOf(pointer).at(-1) === 'description';
  const placeholder = text.match(PLACEHOLDER);
  if (placeholder !== null && !forPeople) {
    return {
      code: 'placeholder-in-spec',
      message: `${placeholder[0]} is how plans name values that are known only later.`,
      help: 'Choose another name; nbkp would replace this text.',
    };
  }
  const control = (inCommand(pointer) || forPeople ? /\0/ : CONTROL).exec(text);
  if (control === null) return null;
  const code = (control[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return {
    code: 'control-character',
    message: `This text holds the control character U+${code}.`,
    help: 'Remove it. A backslash in double quotes begins an escape such as \\t or \\n: use single quotes.',
  };
}

// eslint has a rule against control characters in patterns; this one is about them.
const CONTROL = new RegExp('[\\u0000-\\u001f\\u007f]');

/** A script in an argument may have several lines. */
function inCommand(pointer: string): boolean {
  const [section, , key] = segmentsOf(pointer);
  return section === 'syncs' && (key === 'before' || key === 'after' || key === 'on-failure');
}

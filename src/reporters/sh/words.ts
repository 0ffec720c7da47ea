import { PLACEHOLDER } from '../../planner/model/step.ts';
import { sanitise } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';

/** One word of a script that stands for exactly this text, placeholders as the variables that get their values. */
export function scriptWord(word: string): string {
  const names: string[] = word.match(PLACEHOLDER) ?? [];
  const literals = word.split(PLACEHOLDER).map((text) => (text === '' ? '' : literal(text)));
  const joined = literals.map(
    (text, index) => text + (names[index] === undefined ? '' : `"$${variable(names[index])}"`),
  );
  return joined.join('') || "''";
}

export function scriptWords(argv: readonly string[]): string {
  return argv.map(scriptWord).join(' ');
}

/** Names in comments come from the world, and a line feed in one would end it. */
export function comments(lines: readonly string[]): string[] {
  return lines.map((line) => (line.startsWith('#') ? sanitise(line) : line));
}

/**
 * The variable of a placeholder: `{snapshot:my-photos}` is `snapshot_my_photos`. Names have no underscores, so no two
 * share one.
 */
export function variable(placeholder: string): string {
  const [kind = '', name = ''] = placeholder.slice(1, -1).split(':');
  return `${kind}_${name.replaceAll('-', '_')}`;
}

/** A text is the second word, where an equals sign makes no assignment of it. */
function literal(text: string): string {
  return shellCommand(['x', text]).slice(2);
}

import { sanitise } from './sanitise.ts';
import { PLACEHOLDER } from '../../planner/model/step.ts';

const BARE = /^[\w@%+:,./-][\w@%+=:,./-]*$/;

/**
 * One argv as a line for a shell (bash or zsh): pasted, it runs exactly these words. A word with control or invisible
 * characters is written as `$'…'` with its UTF-8 bytes, so that showing it does nothing to the terminal.
 */
export function shellCommand(argv: readonly string[]): string {
  return shellWords(argv).join(' ');
}

/** The words of `shellCommand`. */
export function shellWords(argv: readonly string[]): string[] {
  return argv.map((word, index) => shellWord(word, index === 0));
}

function shellWord(word: string, program: boolean): string {
  // A bare first word with an equals sign would be an assignment.
  if (!(program && word.includes('=')) && BARE.test(word.replace(PLACEHOLDER, 'x'))) return word;
  if (sanitise(word) === word) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = Array.from(word, (character) =>
    sanitise(character) === character ? quoted(character) : hex(character),
  );
  return `$'${escaped.join('')}'`;
}

function quoted(character: string): string {
  return character === "'" || character === '\\' ? `\\${character}` : character;
}

function hex(character: string): string {
  return Array.from(new TextEncoder().encode(character), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

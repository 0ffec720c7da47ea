import type { TracedCommand } from '../planner/model/traced-command.ts';
import { sanitise } from './text/sanitise.ts';
import { formatBytes } from './text/numbers.ts';
import { shellCommand, shellWords } from './text/shell.ts';

/**
 * One line for each process that has ended: when it was started, where, how it ended, milliseconds, bytes of standard
 * output and standard error, and what it was, as a shell reads it.
 */
export function traceLine(command: TracedCommand): string {
  return `${head(command)}: ${shellCommand(command.argv)}\n`;
}

/** The same for people, in which scripts and long lists of words stand by their beginning and their size. */
export function shortTraceLine(command: TracedCommand): string {
  const whole = shellWords(command.argv);
  const words = command.argv.map((word, index) => shortWord(word) ?? whole[index] ?? '');
  const more = words.length - WORDS;
  const shown = more <= 1 ? words : [...words.slice(0, -LAST - more), `(${more} words more)`, ...words.slice(-LAST)];
  return `${head(command)}: ${shown.join(' ')}\n`;
}

/** So many words are shown, and of these the last: where something is copied from and to. */
const WORDS = 60;
const LAST = 4;

/** Characters of a word that are shown in any case, and of the beginning of another. */
const LONG = 300;
const BEGINNING = 60;

/** Null for a word that is shown as it is. */
function shortWord(word: string): string | null {
  const lines = word.split('\n').filter((line) => line.trim() !== '');
  if (word.length <= LONG && lines.length <= 1) return null;
  const first = sanitise(lines[0] ?? '').slice(0, BEGINNING);
  return `'${first} ...' (${formatBytes(Buffer.byteLength(word))})`;
}

function head({ at, host, end, milliseconds, bytes }: TracedCommand): string {
  const sizes = bytes === null ? 'a secret' : `out ${bytes.out} B, err ${bytes.err} B`;
  return `${at} ${sanitise(host)}: exit ${sanitise(String(end))}, ${milliseconds} ms, ${sizes}`;
}

/** Whether a line is one of these: what holds something else is not written to. */
export function isTraceLine(line: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z [^ ]+: exit /.test(line);
}

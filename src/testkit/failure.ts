import { messageOf } from '../planner/model/system-error.ts';

export interface LawText {
  /** Short, kebab-case. */
  name: string;
  /** One sentence about "it", the executor. */
  says: string;
}

/** How a law was broken, for somebody who has never seen nbkp's code. */
export interface Breach {
  /** What was going on: which command, which moment. */
  when?: string;
  /** What was found. */
  found: string;
  /** What to do. */
  help?: string;
  /** What failed beneath, such as an assertion of the judge. */
  cause?: unknown;
}

/** The failure of a law's test. */
export class LawBroken extends Error {
  override readonly name = 'LawBroken';
  readonly law: string;

  constructor(executor: string, { name, says }: LawText, { when, found, help, cause }: Breach) {
    const lines = [
      `${executor} breaks the law "${name}": ${says}.`,
      ...(when === undefined ? [] : [`  when:  ${indented(when)}`]),
      `  found: ${indented(found)}`,
      ...(cause === undefined ? [] : [`         ${indented(messageOf(cause))}`]),
      ...(help === undefined ? [] : [`  help:  ${indented(help)}`]),
    ];
    super(lines.join('\n'), cause === undefined ? {} : { cause });
    this.law = name;
  }
}

/** The world does not let the executor do anything, so that no law can be tried. */
export class WorldUnfit extends Error {
  override readonly name = 'WorldUnfit';
}

/** A command line to be read; long ones are cut. */
export function shown(argv: readonly string[]): string {
  const line = argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function indented(text: string): string {
  return text.trimEnd().replaceAll('\n', '\n         ');
}

import type { FindingsDocument } from '../planner/model/documents.ts';
import type { Finding } from '../planner/model/finding.ts';
import { findingsText } from '../reporters/findings.ts';
import { formatJson } from '../reporters/json.ts';
import type { Style } from '../reporters/style.ts';
import { page } from '../hosts/transport/pager.ts';
import { mannerOf, type Manner } from './manner.ts';
import { SignOfLife } from './sign-of-life.ts';
import { styleFor, wantsColour } from './terminal.ts';

/** Characters that are written at once. */
const CHUNK = 65_536;

/** Where a command's text goes. With `--json` standard output holds one JSON document and nothing else. */
export class Output {
  readonly manner: Manner;
  readonly json: boolean;
  /** Keeps what is said besides the terminal. */
  log: ((text: string) => void) | null = null;
  readonly #life = new SignOfLife(process.stderr);
  /** What is held back until it is known whether something went wrong; null where nothing is. */
  #held: { stream: NodeJS.WriteStream; text: string }[] | null;

  constructor(argv: readonly string[]) {
    this.manner = mannerOf(argv);
    this.json = this.manner.json;
    this.#held = this.manner.quiet ? [] : null;
  }

  /** Says what was held back, and from now on all at once: somebody is asked, or something went wrong. */
  speak(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const { stream, text } of held) stream.write(text);
  }

  /** Whether it holds back what it is told. */
  get isQuiet(): boolean {
    return this.#held !== null;
  }

  /** What is being done, for whoever watches and wonders; null when it is over. Gone as soon as anything is said. */
  doing(what: string | null): void {
    if (what === null || this.isQuiet) this.#life.end();
    else this.#life.show(what);
  }

  #say(stream: NodeJS.WriteStream, said: string): void {
    this.#write(stream, styleFor(stream, process.env).shown(said));
  }

  #write(stream: NodeJS.WriteStream, text: string): void {
    this.#life.end();
    this.log?.(text);
    if (this.#held === null) stream.write(text);
    else this.#held.push({ stream, text });
  }

  /** What was asked for, as text for a person. */
  text(text: string): void {
    this.#say(this.#main(), text);
  }

  /** As `text`, for a program that reads each character as it is. */
  exactly(text: string): void {
    this.#write(this.#main(), text);
  }

  /** What a person should see whatever becomes of standard output: findings, questions, progress. */
  aside(text: string): void {
    this.#say(process.stderr, text);
  }

  /** What was asked for, as the one JSON document. */
  document(document: object): void {
    this.#life.end();
    let pending = '';
    for (const piece of formatJson(document)) {
      pending += piece;
      if (pending.length < CHUNK) continue;
      process.stdout.write(pending);
      pending = '';
    }
    process.stdout.write(pending);
  }

  /**
   * The answer of a command.
   *
   * @param text what `document` says, for a person
   * @param remarks findings of the document that `text` does not have
   */
  answer<D extends object>(document: D, text: (document: D, style: Style) => string, remarks: readonly Finding[] = []) {
    if (this.json) return this.document(document);
    this.remarks(remarks);
    this.text(text(document, this.style()));
  }

  /** As `text`, a screen at a time where it is longer than the terminal. */
  paged(text: string): void {
    const { isTTY, rows } = process.stdout;
    const isLong = text.split('\n').length > rows;
    if (
      this.json ||
      this.isQuiet ||
      !isTTY ||
      !process.stdin.isTTY ||
      !isLong ||
      !page(this.style().shown(text), process.env)
    )
      this.text(text);
  }

  /** The same, for a text that a program reads, or a person copies names from. */
  answerExactly(document: object, text: string): void {
    if (this.json) this.document(document);
    else this.exactly(text);
  }

  /** Findings instead of an answer. */
  findings(findings: readonly Finding[]): void {
    if (this.json) this.document({ formatVersion: '1.0', findings: [...findings] } satisfies FindingsDocument);
    else this.aside(findingsText(findings, this.asideStyle()));
  }

  /** Findings beside the answer. */
  remarks(findings: readonly Finding[]): void {
    if (findings.length > 0) this.aside(`${findingsText(findings, this.asideStyle())}\n`);
  }

  /** How `text` looks. */
  style(): Style {
    return styleFor(this.#main(), process.env);
  }

  /** Whether `text` has colours. */
  coloured(): boolean {
    return wantsColour(this.#main(), process.env);
  }

  /** How `aside` looks. */
  asideStyle(): Style {
    return styleFor(process.stderr, process.env);
  }

  #main(): NodeJS.WriteStream {
    return this.json ? process.stderr : process.stdout;
  }
}

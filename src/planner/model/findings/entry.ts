import type { Severity } from '../finding.ts';

/** What an entry of the catalogue says: a finding without its place, sync and volume, which the caller adds. */
export interface Said<C extends string = string, S extends Severity = Severity> {
  severity: S;
  code: C;
  message: string;
  help?: string;
  guard?: true;
}

/** The message, or the message with what a person can do about it. */
type Text = string | { message: string; help: string };

type Entry<C extends string, S extends Severity, A extends unknown[]> = (...params: A) => Said<C, S>;

/** An entry of severity error. `text` gets what the message and the help name. */
export function error<C extends string, A extends unknown[]>(code: C, text: (...params: A) => Text) {
  return entry('error', code, text);
}

/** An error that protects data and that `--allow-destructive` overrides. */
export function guard<C extends string, A extends unknown[]>(code: C, text: (...params: A) => Text) {
  const said = entry('error', code, text);
  return (...params: A) => ({ ...said(...params), guard: true as const });
}

export function warning<C extends string, A extends unknown[]>(code: C, text: (...params: A) => Text) {
  return entry('warning', code, text);
}

/** Normal, and worth knowing: what skips a sync is one. */
export function info<C extends string, A extends unknown[]>(code: C, text: (...params: A) => Text) {
  return entry('info', code, text);
}

function entry<C extends string, S extends Severity, A extends unknown[]>(
  severity: S,
  code: C,
  text: (...params: A) => Text,
): Entry<C, S, A> {
  return (...params) => {
    const said = text(...params);
    return { severity, code, ...(typeof said === 'string' ? { message: said } : said) };
  };
}

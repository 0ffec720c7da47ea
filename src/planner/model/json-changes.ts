import { canonical } from './canonical.ts';

interface Change {
  /** Where, with slashes: `commands/0/3`; empty for the value itself. */
  path: string;
  was: unknown;
  is: unknown;
}

const SHOWN = 3;
const LONGEST = 120;

/**
 * Says how one JSON value became another: `was X and is now Y`, or with the places inside it: `/name was X and is now Y`.
 * At most three changes are named.
 *
 * @returns an empty text when they are the same
 */
export function describeChanges(was: unknown, is: unknown): string {
  const changes = changesBetween(was, is, '');
  const named = changes.slice(0, SHOWN).map((change) => {
    const sentence = `was ${show(change.was)} and is now ${show(change.is)}`;
    return change.path === '' ? sentence : `${change.path} ${sentence}`;
  });
  const more = changes.length - named.length;
  return named.join(', ') + (more > 0 ? ` (and ${more} more)` : '');
}

/** Equality as JSON: the order of keys does not matter, and what is not there is null. */
export function sameJson(a: unknown, b: unknown): boolean {
  return changesBetween(a, b, '').length === 0;
}

/** A value as a sentence names it. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  const text = typeof value === 'string' && value !== '' ? value : canonical(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function changesBetween(was: unknown, is: unknown, path: string): Change[] {
  if (!isObject(was) || !isObject(is) || Array.isArray(was) !== Array.isArray(is)) {
    return canonical(was ?? null) === canonical(is ?? null) ? [] : [{ path, was, is }];
  }
  const before = new Map(Object.entries(was));
  const after = new Map(Object.entries(is));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    changesBetween(before.get(key), after.get(key), `${path}/${key}`),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

import type { Stored } from '../planner/model/stored.ts';
import validate from '../planner/plan-file/generated/validate-stored.js';
import { parseJson } from '../planner/model/json.ts';

type Values = { [Each in Stored as Each['kind']]: Each['value'] };
type Kind = keyof Values;

/** What a text of the state directory says; null when it is not what it should be, or not all of it. */
export function readStored<K extends Kind>(kind: K, text: string | null): Values[K] | null {
  if (text === null) return null;
  const document: unknown = { kind, value: parseJson(text) };
  return validate(document) && isOf(document, kind) ? document.value : null;
}

function isOf<K extends Kind>(
  document: { kind: string; value: unknown },
  kind: K,
): document is { kind: K; value: Values[K] } {
  return document.kind === kind;
}

/** A value that survives JSON unchanged. Everything that crosses a process boundary is made of these. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON Schema (draft-07), as it is in a file. */
export type JsonSchema = Record<string, Json>;

/** The value in a JSON text; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  // An error is slow to make, and files without content are common.
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether it is an object of JSON, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that survives JSON unchanged. Everything that crosses a process boundary is made of these. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON Schema (draft-07), as it is in a file. */
export type JsonSchema = Record<string, Json>;

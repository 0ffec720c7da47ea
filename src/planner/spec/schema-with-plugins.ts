import type { ExecutorPlanning } from '../model/executor.ts';
import { isRecord, type Json, type JsonSchema } from '../model/json.ts';

/** Where the schema of the spec has the keys of a sync. */
const SYNC = ['definitions', 'sync', 'properties'];
/** Those of a volume. */
const VOLUME = ['definitions', 'volume', 'properties'];

/**
 * The schema of the spec with those of the tables that executors add to it, so that an editor completes them too.
 *
 * @param schema `schemas/spec.schema.json`
 */
export function schemaWithPlugins(
  schema: JsonSchema,
  executors: readonly Pick<ExecutorPlanning, 'name' | 'settings'>[],
): JsonSchema {
  let extended = schema;
  for (const { name, settings = {} } of executors) {
    if (settings.spec !== undefined) extended = withTable(extended, ['properties'], name, settings.spec);
    if (settings.volume !== undefined) extended = withTable(extended, VOLUME, name, settings.volume);
    if (settings.sync !== undefined) extended = withTable(extended, SYNC, name, settings.sync);
  }
  return extended;
}

function withTable(schema: JsonSchema, place: readonly string[], name: string, table: JsonSchema): JsonSchema {
  const own = Object.entries(table).filter(([key]) => key !== '$schema' && key !== '$id');
  const at = `#/${[...place, name].join('/')}`;
  return put(schema, [...place, name], rebased(Object.fromEntries(own), at));
}

function put(schema: JsonSchema, [key = '', ...rest]: readonly string[], value: Json): JsonSchema {
  const inner = schema[key];
  const below = isRecord(inner) ? inner : {};
  return { ...schema, [key]: rest.length === 0 ? value : put(below, rest, value) };
}

/** A reference counts from the root of its document, which is another one now. */
function rebased(value: Json, at: string): Json {
  if (Array.isArray(value)) return value.map((item) => rebased(item, at));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' && /^#(?:\/|$)/.test(inner)
        ? at + inner.slice(1)
        : rebased(inner, at),
    ]),
  );
}

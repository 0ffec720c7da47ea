import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';

const SCHEMAS = join(import.meta.dirname, '../../../../schemas');

function schemaOf(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), 'utf8')) as Record<string, unknown>;
}

/** Pointers of all properties below a schema that say nothing about themselves, directly or through a `$ref`. */
function undescribed(node: unknown, definitions: Record<string, Record<string, unknown>>, path = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const below = undescribed(value, definitions, `${path}/${key}`);
    if (key !== 'properties' || /\/(?:if|then)$/.test(path)) return below;
    const properties = Object.entries(value as Record<string, { description?: string; $ref?: string }>);
    const silent = properties.filter(([, { description, $ref = '' }]) => {
      const definition = definitions[$ref.replace('#/definitions/', '')];
      return description === undefined && definition?.['description'] === undefined;
    });
    return [...silent.map(([name]) => `${path}/${name}`), ...below];
  });
}

describe('the schema of the spec', () => {
  const schema = schemaOf('spec');

  test('describes each property, since editors show it', () => {
    expect(undescribed(schema, schema['definitions'] as Record<string, Record<string, unknown>>)).toEqual([]);
  });

  test('has no key that the reference does not explain', () => {
    const reference = readFileSync(join(SCHEMAS, '../docs/spec.md'), 'utf8');
    const explained = new Set(reference.match(/[a-z]+(?:-[a-z]+)*/g));
    const definitions = schema['definitions'] as Record<string, { properties?: object }>;
    const keys = Object.values(definitions).flatMap(({ properties = {} }) => Object.keys(properties));
    expect(keys.filter((key) => !explained.has(key))).toEqual([]);
    expect(keys.length).toBeGreaterThan(60);
  });

  test('lets no unknown key into any table but a sync, where executors have theirs', () => {
    const definitions = schema['definitions'] as Record<
      string,
      { properties?: object; additionalProperties?: unknown }
    >;
    const open = Object.entries(definitions)
      .filter(([, { properties, additionalProperties }]) => properties !== undefined && additionalProperties !== false)
      .map(([name]) => name);
    expect(open).toEqual(['sync']);
  });
});

test.each(['spec', 'plan', 'facts', 'event', 'run'])('the schema %s is a valid JSON Schema', (name) => {
  const ajv = new Ajv({ strict: false });
  expect(ajv.validateSchema(schemaOf(name))).toBe(true);
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';

const NOTE = '// Made from schemas/spec.schema.json by `npm run generate`. Do not edit.\n';
const FOLDER = 'src/planner/spec/generated';

/**
 * The written spec's types, and the keys that it and its syncs may have.
 *
 * @param {string} root folder of the repository
 * @returns {Promise<Record<string, string>>} text by path
 */
export async function generate(root) {
  const schema = JSON.parse(await readFile(join(root, 'schemas/spec.schema.json'), 'utf8'));
  const types = await compile(forTypes(schema), 'SpecFile', {
    bannerComment: NOTE.trim(),
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  return {
    [`${FOLDER}/spec.ts`]: types,
    [`${FOLDER}/keys.ts`]:
      NOTE +
      [
        keys('SPEC', schema.properties),
        keys('VOLUME', schema.definitions.volume.properties),
        keys('SYNC', schema.definitions.sync.properties),
      ].join(''),
  };
}

function keys(what, properties) {
  return `export const ${what}_KEYS: readonly string[] = ${JSON.stringify(Object.keys(properties), null, 2)};\n`;
}

/** Rules between keys say nothing about types, and a description next to a `$ref` would make a type of its own. */
const WITHOUT_TYPE = ['anyOf', 'oneOf', 'not', 'if', 'then', 'dependencies', 'x-expected', 'x-help', 'x-rule'];

function forTypes(schema) {
  if (Array.isArray(schema)) return schema.map(forTypes);
  if (typeof schema !== 'object' || schema === null) return schema;
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref };
  const kept = Object.entries(schema).filter(([key]) => !WITHOUT_TYPE.includes(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, forTypes(value)]));
}

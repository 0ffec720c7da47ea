import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';

const ajv = new Ajv({ strict: false, allErrors: true });
const compiled = new Map<string, ValidateFunction>();

/** What the published schema `schemas/NAME.schema.json` says against a document; nothing when it fits. */
export function schemaErrors(name: string, document: unknown): string[] {
  const validate = compiled.get(name) ?? ajv.compile(schema(name));
  compiled.set(name, validate);
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

function schema(name: string): object {
  const path = fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url));
  return JSON.parse(readFileSync(path, 'utf8')) as object;
}

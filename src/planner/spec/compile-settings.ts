import { Ajv } from 'ajv';
import type { JsonSchema } from '../model/json.ts';
import type { SettingsCheck } from './executors.ts';

/** Kept: making one costs more than most schemas do. */
let compiler: Ajv | undefined;

/**
 * The check of a plugin's settings. Costs 100 ms and more, so that this file is loaded only for a spec that has such
 * settings; our own schemas are compiled when nbkp is built (scripts/generate/lib/standalone.js, with the same options).
 *
 * @throws Error when the schema is none
 */
export function compileSettings(schema: JsonSchema): SettingsCheck {
  compiler ??= newCompiler();
  if (schema['$async'] === true) throw new Error('an asynchronous schema cannot be used');
  if (schema['type'] !== 'object') throw new Error('settings are a table: the schema needs "type": "object"');
  const validate = compiler.compile(schema);
  // Another plugin may use the same $id.
  compiler.removeSchema(schema);
  return (table) =>
    validate(table)
      ? []
      : (validate.errors ?? []).map(({ propertyName, parentSchema = {}, data, ...error }) => ({
          ...error,
          data,
          parentSchema: { ...parentSchema },
          ...(propertyName === undefined ? {} : { propertyName }),
        }));
}

function newCompiler(): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    messages: false,
    discriminator: true,
    allowUnionTypes: true,
    strictRequired: false,
    logger: false,
  });
  ajv.addVocabulary(['x-expected', 'x-help', 'x-rule']);
  return ajv;
}

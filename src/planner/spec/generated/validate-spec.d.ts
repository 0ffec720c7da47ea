// Made from schemas/spec.schema.json by `npm run generate`. Do not edit.
import type { SpecFile } from './spec.ts';

/** An error of ajv: the keyword of the schema that the value at `instancePath` (a JSON pointer) does not satisfy. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  params: Record<string, unknown>;
  propertyName?: string;
  parentSchema: Record<string, unknown>;
  data: unknown;
}

declare const validate: ((data: unknown) => data is SpecFile) & { errors?: SchemaError[] | null };
export default validate;

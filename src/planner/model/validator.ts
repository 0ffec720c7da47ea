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

/** What `npm run build` makes of a schema. `errors` are those of the last call. */
export type Validator<T> = ((data: unknown) => data is T) & { errors?: SchemaError[] | null };

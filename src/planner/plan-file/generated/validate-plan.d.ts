// Made from the type Plan in src/planner/model/plan.ts by `npm run generate`. Do not edit.
import type { Plan } from '../../model/plan.ts';

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

declare const validate: ((data: unknown) => data is Plan) & { errors?: SchemaError[] | null };
export default validate;

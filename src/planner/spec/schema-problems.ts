import { partsOf } from '../model/pointer.ts';
import { child, type Remark } from './document.ts';
import type { SchemaError } from '../model/validator.ts';
import { listed, nearest } from '../model/suggest.ts';
import {
  conflictingKeys,
  invalidName as nameInvalid,
  invalidValue,
  keysDoNotGoTogether,
  missingKey as keyMissing,
  notAllowed,
  unknownKey as keyUnknown,
  unsupportedVersion,
  wrongType,
} from '../model/findings/spec.ts';

export interface SchemaProblem {
  pointer: string;
  /** The caret stands below the key for what is wrong with a name, else below the value, which is invalid then. */
  part: 'key' | 'value';
  remark: Remark;
}

/**
 * What a person should read of ajv's errors: one problem per mistake. `x-expected` in the schema says in words what a
 * value should be, `x-help` where to find it, `x-rule` how keys of one table go together.
 *
 * @param isToldElsewhere of errors that are no problem here, and may be why there is another
 */
export function problemsOf(
  errors: readonly SchemaError[],
  isToldElsewhere: (error: SchemaError) => boolean = () => false,
): SchemaProblem[] {
  const problems = errors.filter((error) => !followsFromOthers(error)).map(problemOf);
  const typedWrong = new Set(
    problems
      .map(({ error }) => error)
      .filter((error) => error.keyword === 'type')
      .map((error) => error.instancePath),
  );
  const unknown = errors.filter((error) => error.keyword === 'additionalProperties');
  const seen = new Set<string>();
  return problems.flatMap(({ error, problem }) => {
    if (error.keyword !== 'type' && typedWrong.has(error.instancePath)) return [];
    if (isToldElsewhere(error) || causedByUnknownKey(error, unknown)) return [];
    const mistake = mistakeOf(error, problem);
    if (seen.has(mistake)) return [];
    seen.add(mistake);
    return [problem];
  });
}

/** ajv adds these to the errors that say what is wrong; what each alternative wants says less than that none fits. */
function followsFromOthers({ keyword, schemaPath }: SchemaError): boolean {
  return keyword === 'if' || keyword === 'propertyNames' || /\/(anyOf|oneOf)\/\d+\//.test(schemaPath);
}

const RULES = ['anyOf', 'oneOf', 'not', 'dependencies'];

/** A misspelled key is missing under its right name, too. */
function causedByUnknownKey(error: SchemaError, unknown: readonly SchemaError[]): boolean {
  const missing = missingKeys(error);
  return unknown.some(({ instancePath, params, parentSchema }) => {
    if (missing.length === 0 || instancePath !== error.instancePath) return false;
    const meant = nearest(String(params['additionalProperty']), keysOf(parentSchema));
    return meant !== null && missing.includes(meant);
  });
}

function missingKeys({ keyword, params, parentSchema }: SchemaError): string[] {
  if (keyword === 'required') return [String(params['missingProperty'])];
  const branches = keyword === 'anyOf' || keyword === 'oneOf' ? parentSchema[keyword] : [];
  if (!Array.isArray(branches)) return [];
  return branches.flatMap((branch: { required?: string[] }) => branch.required ?? []);
}

/** Of several errors of one value the first is enough, and so is one for a list whose items are all of a wrong type. */
function mistakeOf(error: SchemaError, problem: SchemaProblem): string {
  if (error.keyword === 'type') return problem.pointer.replace(/\/\d+$/, '/item');
  if (RULES.includes(error.keyword)) return `${problem.pointer} rule`;
  const missing = error.keyword === 'required' ? String(error.params['missingProperty']) : '';
  return `${problem.pointer} ${missing}`;
}

function problemOf(error: SchemaError): { error: SchemaError; problem: SchemaProblem } {
  return { error, problem: { pointer: error.instancePath, part: 'value', ...explain(error) } };
}

function explain(error: SchemaError): Omit<SchemaProblem, 'pointer' | 'part'> & Partial<SchemaProblem> {
  const { keyword, instancePath, params, parentSchema, propertyName, data } = error;
  if (propertyName !== undefined) return invalidName(child(instancePath, propertyName), propertyName, parentSchema);
  if (RULES.includes(keyword)) return { remark: ruleBroken(instancePath, parentSchema['x-rule']) };
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    return unknownKey(child(instancePath, key), key, keysOf(parentSchema));
  }
  if (keyword === 'required') return { remark: missingKey(error, String(params['missingProperty'])) };
  if (keyword === 'const' && instancePath === '/version')
    return { remark: unsupportedVersion(describe(data), typeof data === 'number' && data > 1) };
  const entry = keyword === 'type' ? wrongType : keyword === 'enum' ? notAllowed : invalidValue;
  const near =
    Array.isArray(parentSchema['enum']) && typeof data === 'string'
      ? nearest(data, parentSchema['enum'].map(String))
      : null;
  const help = near === null ? parentSchema['x-help'] : `Did you mean "${near}"?`;
  const value = { name: nameOf(instancePath), expected: expected(parentSchema), found: describe(data) };
  return { remark: entry({ ...value, ...(typeof help === 'string' ? { help } : {}) }) };
}

export function unknownKey(pointer: string, key: string, known: readonly string[], otherwise?: string): SchemaProblem {
  const table = partsOf(pointer).slice(0, -1).join('.');
  return { pointer, part: 'key', remark: keyUnknown(key, table, known, otherwise) };
}

function invalidName(pointer: string, name: string, schema: Record<string, unknown>): SchemaProblem {
  const better = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return { pointer, part: 'key', remark: nameInvalid(name, expected(schema), better) };
}

function missingKey({ instancePath, parentSchema }: SchemaError, key: string): Remark {
  const property = propertiesOf(parentSchema)[key];
  const about =
    typeof property === 'object' && property !== null && 'description' in property ? property.description : null;
  return keyMissing(key, partsOf(instancePath).join('.'), typeof about === 'string' ? about : null);
}

/** The first sentence says what is wrong, the rest what to do. */
function ruleBroken(pointer: string, rule: unknown): Remark {
  if (typeof rule !== 'string') return keysDoNotGoTogether(partsOf(pointer).join('.'));
  const end = rule.indexOf('. ') + 1;
  return conflictingKeys(rule.slice(0, end), rule.slice(end + 1));
}

function expected(schema: Record<string, unknown>): string {
  if (typeof schema['x-expected'] === 'string') return schema['x-expected'];
  if (Array.isArray(schema['enum'])) return listed(schema['enum'].map(String), (word) => `"${word}"`);
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  return `${BY_TYPE[String(schema['type'])] ?? 'something else'}${limits(schema)}`;
}

/** For schemas of plugins: ours say in `x-expected` what they mean. */
function limits(schema: Record<string, unknown>): string {
  const found = LIMITS.flatMap(([keyword, text]) => {
    const limit = schema[keyword];
    return typeof limit === 'string' || typeof limit === 'number' ? [` ${text} ${limit}`] : [];
  });
  return found.join(' and');
}

const LIMITS = [
  ['minimum', 'of at least'],
  ['maximum', 'of at most'],
  ['exclusiveMinimum', 'above'],
  ['exclusiveMaximum', 'below'],
  ['pattern', 'that matches'],
  ['minLength', 'with at least so many characters:'],
  ['maxLength', 'with at most so many characters:'],
  ['minItems', 'with at least so many items:'],
  ['maxItems', 'with at most so many items:'],
] as const;

const BY_TYPE: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'a table',
  string: 'text in quotes',
};

function nameOf(pointer: string): string {
  const segments = partsOf(pointer);
  const last = segments.at(-1) ?? '';
  return /^\d+$/.test(last) ? `Item ${Number(last) + 1} of \`${segments.at(-2) ?? ''}\`` : `\`${last}\``;
}

function describe(value: unknown): string {
  if (value === null) return 'a date or time';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a table';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function keysOf(schema: Record<string, unknown>): string[] {
  return Object.keys(propertiesOf(schema));
}

function propertiesOf(schema: Record<string, unknown>): Record<string, unknown> {
  const properties = schema['properties'];
  return typeof properties === 'object' && properties !== null ? { ...properties } : {};
}

import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

/**
 * An ES module without imports whose default export validates values by `schema`: compiling a schema at run time would
 * cost every command 170 ms. Three annotations are our own: `x-expected` says in words what a value should be, `x-help`
 * where to find it, `x-rule` what keys of one table have to do with each other.
 *
 * @param {object} schema draft-07
 * @param {string} root folder of the repository, where modules are looked for
 * @returns {Promise<string>}
 */
export async function standaloneValidator(schema, root) {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    messages: false,
    discriminator: true,
    allowUnionTypes: true,
    strictRequired: false,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary(['x-expected', 'x-help', 'x-rule']);
  // ajv writes `require` for its run-time helpers even in ES modules; bundling resolves it.
  const bundle = await build({
    stdin: { contents: standaloneCode.default(ajv, ajv.compile(schema)), resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    charset: 'utf8',
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return bundle.outputFiles[0].text;
}

/**
 * @param {string} type what a valid value is
 * @param {string} from the module that exports it
 */
export function validatorTypes(type, from) {
  return `import type { ${type} } from '${from}';

/** An error of ajv: the keyword of the schema that the value at \`instancePath\` (a JSON pointer) does not satisfy. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  params: Record<string, unknown>;
  propertyName?: string;
  parentSchema: Record<string, unknown>;
  data: unknown;
}

declare const validate: ((data: unknown) => data is ${type}) & { errors?: SchemaError[] | null };
export default validate;
`;
}

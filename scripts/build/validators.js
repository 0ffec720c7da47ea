import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

/**
 * What nbkp reads: its schema in `schemas/`, the module below `src/planner` that validates it, and the type of what is valid,
 * where one module knows it. It `says` of what is not valid: `all`, in words; at which `places`; or nothing but that it is not.
 */
export const VALIDATORS = [
  { schema: 'spec', module: 'spec/generated/validate-spec', type: 'SpecFile', from: './spec.ts', says: 'all' },
  { schema: 'plan', module: 'plan-file/generated/validate-plan', ...named('Plan', 'plan'), says: 'places' },
  { schema: 'stored', module: 'plan-file/generated/validate-stored', ...named('Stored', 'stored'), says: 'nothing' },
  { schema: 'params', module: 'params/generated/validate-params', type: null, from: null, says: 'nothing' },
  { schema: 'facts', module: 'plan-file/generated/validate-facts', ...named('Facts', 'facts'), says: 'places' },
];

function named(type, file) {
  return { type, from: `../../model/${file}.ts` };
}

/**
 * The validators of what nbkp reads: compiling a schema at run time would cost every command 170 ms. They are made with
 * dist/ and not checked in.
 *
 * @param {string} root folder of the repository
 * @returns {Promise<[path: string, text: string][]>} paths below the root
 */
export function validators(root) {
  return Promise.all(
    VALIDATORS.map(async ({ schema, module, says }) => {
      const parsed = JSON.parse(readFileSync(join(root, `schemas/${schema}.schema.json`), 'utf8'));
      const note = `// Made from schemas/${schema}.schema.json by \`npm run build\`. Not checked in.\n`;
      return [`src/planner/${module}.js`, note + (await standaloneValidator(parsed, root, says))];
    }),
  );
}

/**
 * An ES module without imports whose default export validates values by a schema of draft-07. Three annotations are
 * our own: `x-expected` says in words what a value should be, `x-help` where to find it, `x-rule` what keys of one table
 * have to do with each other.
 *
 * @param {'all' | 'places' | 'nothing'} says
 */
async function standaloneValidator(schema, root, says) {
  const ajv = new Ajv({
    allErrors: says !== 'nothing',
    verbose: says === 'all',
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
    // A trace ends at what calls it, and Node reads all of it for each spec that is opened.
    minifyIdentifiers: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return bundle.outputFiles[0].text;
}

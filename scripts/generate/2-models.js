import { join } from 'node:path';
import {
  DEFAULT_CONFIG,
  createFormatter,
  createParser,
  createProgram,
  SchemaGenerator,
  StringType,
} from 'ts-json-schema-generator';
import { standaloneValidator, validatorTypes } from './lib/standalone.js';

/** What crosses a process boundary: a type of the model, its schema, and a validator where a file of it is read. */
const TYPES = [
  { type: 'Plan', from: 'model/plan.ts', schema: 'plan', validator: 'plan-file/generated/validate-plan' },
  { type: 'Facts', from: 'model/facts.ts', schema: 'facts', validator: 'plan-file/generated/validate-facts' },
  { type: 'RunEvent', from: 'model/event.ts', schema: 'event' },
  { type: 'RunRecord', from: 'model/run.ts', schema: 'run' },
  { type: 'StatusDocument', from: 'model/documents.ts', schema: 'status' },
  { type: 'CheckDocument', from: 'model/documents.ts', schema: 'check' },
  { type: 'CredentialsDocument', from: 'model/passphrases.ts', schema: 'credentials-check' },
  { type: 'SnapshotsDocument', from: 'model/documents.ts', schema: 'snapshots' },
  { type: 'SnapshotsDiffDocument', from: 'model/comparison.ts', schema: 'snapshots-diff' },
  { type: 'VerifyDocument', from: 'model/verification.ts', schema: 'verify' },
  { type: 'HistoryDocument', from: 'model/documents.ts', schema: 'history' },
  { type: 'RecoverDocument', from: 'model/documents.ts', schema: 'recover' },
  { type: 'FindingsDocument', from: 'model/documents.ts', schema: 'findings' },
  { type: 'InitDocument', from: 'model/documents.ts', schema: 'init' },
  { type: 'ScheduleDocument', from: 'model/documents.ts', schema: 'schedule' },
  { type: 'ImportDocument', from: 'model/documents.ts', schema: 'import' },
  { type: 'DiffDocument', from: 'model/diff.ts', schema: 'diff' },
  { type: 'ExecutorsDocument', from: 'model/plugin-documents.ts', schema: 'executors' },
  { type: 'PluginsDocument', from: 'model/plugin-documents.ts', schema: 'plugins' },
  { type: 'PluginDocument', from: 'model/plugin-documents.ts', schema: 'plugins-inspect' },
  { type: 'VolumesDocument', from: 'model/documents.ts', schema: 'volumes-list' },
  { type: 'AuthorizeDocument', from: 'model/documents.ts', schema: 'volumes-authorize' },
  { type: 'SpecDocument', from: 'model/documents.ts', schema: 'spec-show' },
];

/**
 * JSON Schemas of what nbkp writes. Unknown properties are allowed, so that a reader survives a newer version.
 *
 * @param {string} root folder of the repository
 * @returns {Promise<Record<string, string>>} text by path
 */
export async function generate(root) {
  const files = {};
  // One for all: reading the sources takes most of the time.
  const generator = generatorFor({
    path: join(root, 'src/planner/model/*.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    additionalProperties: true,
    sortProps: false,
    topRef: false,
    skipTypeCheck: true,
  });
  for (const { type, from, schema: name, validator } of TYPES) {
    const schema = generator.createSchema(type);
    files[`schemas/${name}.schema.json`] = `${JSON.stringify({ title: type, ...schema }, null, 2)}\n`;
    if (validator !== undefined) {
      const note = `// Made from the type ${type} in src/planner/${from} by \`npm run generate\`. Do not edit.\n`;
      files[`src/planner/${validator}.js`] = note + (await standaloneValidator(schema, root));
      files[`src/planner/${validator}.d.ts`] = note + validatorTypes(type, `../../${from}`);
    }
  }
  return files;
}

/** Codes of findings are any text: a reader survives those of plugins and of a newer version. */
const CODES = {
  supportsNode: (node) => node.typeName?.getText() === 'Code',
  createType: () => new StringType(),
};

function generatorFor(options) {
  const config = { ...DEFAULT_CONFIG, ...options };
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) => chain.addNodeParser(CODES));
  return new SchemaGenerator(program, parser, createFormatter(config), config);
}

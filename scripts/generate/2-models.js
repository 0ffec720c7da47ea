import { join } from 'node:path';
import {
  DEFAULT_CONFIG,
  createFormatter,
  createParser,
  createProgram,
  SchemaGenerator,
  StringType,
} from 'ts-json-schema-generator';
import { VALIDATORS } from '../build/validators.js';

/** What crosses a process boundary: a type of the model, and its schema. */
const TYPES = [
  { type: 'Plan', schema: 'plan' },
  { type: 'Facts', schema: 'facts' },
  { type: 'RunEvent', schema: 'event' },
  { type: 'RunRecord', schema: 'run' },
  { type: 'Stored', schema: 'stored' },
  { type: 'StepParams', schema: 'params' },
  { type: 'StatusDocument', schema: 'status' },
  { type: 'CheckDocument', schema: 'check' },
  { type: 'DoctorDocument', schema: 'doctor' },
  { type: 'CredentialsDocument', schema: 'credentials-check' },
  { type: 'CredentialsSetDocument', schema: 'credentials-set' },
  { type: 'SnapshotsDocument', schema: 'snapshots' },
  { type: 'SnapshotsDiffDocument', schema: 'snapshots-diff' },
  { type: 'SimulationDocument', schema: 'simulation' },
  { type: 'ListDocument', schema: 'ls' },
  { type: 'FindDocument', schema: 'find' },
  { type: 'VerifyDocument', schema: 'verify' },
  { type: 'HistoryDocument', schema: 'history' },
  { type: 'RecoverDocument', schema: 'recover' },
  { type: 'FindingsDocument', schema: 'findings' },
  { type: 'InitDocument', schema: 'init' },
  { type: 'AddDocument', schema: 'add' },
  { type: 'ScheduleDocument', schema: 'schedule' },
  { type: 'CompletionDocument', schema: 'completions-install' },
  { type: 'ImportDocument', schema: 'import' },
  { type: 'DiffDocument', schema: 'diff' },
  { type: 'ExecutorsDocument', schema: 'executors' },
  { type: 'PluginsDocument', schema: 'plugins' },
  { type: 'PluginDocument', schema: 'plugins-inspect' },
  { type: 'VolumesDocument', schema: 'volumes-list' },
  { type: 'AuthorizeDocument', schema: 'volumes-authorize' },
  { type: 'SpecDocument', schema: 'spec-show' },
];

/**
 * JSON Schemas of what nbkp writes, and the types of the validators of what it reads. Unknown properties are allowed, so that a reader survives a newer version.
 *
 * @param {string} root folder of the repository
 * @returns {Promise<Record<string, string>>} text by path
 */
export async function generate(root) {
  const files = {};
  // One for all: reading the sources takes most of the time.
  const generator = generatorFor({
    path: `${root}/{src/planner/model/*.ts,scripts/generate/lib/step-params.ts}`,
    tsconfig: join(root, 'tsconfig.json'),
    additionalProperties: true,
    sortProps: false,
    topRef: false,
    skipTypeCheck: true,
  });
  for (const { type, schema: name } of TYPES) {
    const schema = generator.createSchema(type);
    files[`schemas/${name}.schema.json`] = `${JSON.stringify({ title: type, ...schema }, null, 2)}\n`;
  }
  for (const { module, type, from } of VALIDATORS) files[`src/planner/${module}.d.ts`] = validatorTypes(type, from);
  return files;
}

/** The types of a module that `npm run build` makes. */
function validatorTypes(type, from) {
  if (type === null) {
    return `// Made by \`npm run generate\`. Do not edit.
declare const validate: (data: unknown) => boolean;
export default validate;
`;
  }
  return `// Made by \`npm run generate\`. Do not edit.
import type { Validator } from '../../model/validator.ts';
import type { ${type} } from '${from}';

declare const validate: Validator<${type}>;
export default validate;
`;
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

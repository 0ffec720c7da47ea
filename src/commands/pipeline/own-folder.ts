import { join } from 'node:path';
import type { Config } from '@oclif/core/config';
import { layFiles } from '../../store/own-files.ts';
import { installed } from '../installed.ts';

/** What other programs read of nbkp: plugins its API and its kit for tests, editors the schema of the spec. */
const READ_BY_OTHERS = ['package.json', 'dist/executor.js', 'dist/testkit.js', 'schemas/spec.schema.json'];

/** Where other programs find files of nbkp: its package, or of the one file, a folder among this user's data for each build. */
function ownFolder({ dataDir }: Config): string {
  const { form, root, asset } = installed();
  if (form === 'package') return root;
  const { build } = JSON.parse(asset('dist/build.json')) as { build: string };
  return join(dataDir, `nbkp-${build}`);
}

/** The schema of the spec, for editors. */
export function schemaFile(config: Config): string {
  return join(ownFolder(config), 'schemas', 'spec.schema.json');
}

/** Writes into that folder what is to be there; the folder of a package has it. Throws what the system reports. */
export function layOwnFiles(config: Config): string {
  const folder = ownFolder(config);
  const { form, asset } = installed();
  if (form === 'file') layFiles(folder, new Map(READ_BY_OTHERS.map((name) => [name, asset(name)])));
  return folder;
}

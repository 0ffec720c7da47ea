import { readFilterFiles } from '../hosts/observe/filter-files.ts';
import { importPythonSpec } from '../planner/import/index.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { readSpecFile } from '../store/spec-file.ts';
import type { Surroundings } from './surroundings.ts';

export { writeNewFile } from '../store/new-file.ts';

/**
 * A configuration of the Python tool as a spec. What could not be taken over is a comment in it, and a finding.
 *
 * @param directory what relative paths begin at, as for a tool that is started there
 * @returns TOML
 */
export function importSpec({ user }: Surroundings, path: string, directory: string): Result<string> {
  const file = readSpecFile({ path, found: false }, { ...user, runs: false });
  if (!file.ok) return file;
  const reading = { folder: directory, owners: [], outside: true, anyOwner: true };
  const read = (filter: string) => readFilterFiles([filter], reading).filterFiles[filter] ?? null;
  const made = importPythonSpec(file.value.text, path, { directory, read });
  const findings = [...file.findings, ...made.findings];
  return made.ok ? success(made.value, findings) : failure(...findings);
}

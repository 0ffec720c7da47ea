import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { readFilterFiles } from '../../hosts/observe/filter-files.ts';
import { hasErrors } from '../../planner/model/finding.ts';
import { writeNewFile } from '../../store/new-file.ts';
import { readSpecFile } from '../../store/spec-file.ts';
import type { Here } from '../../planner/import/draft.ts';
import { importPythonSpec } from '../../planner/import/index.ts';
import type { ImportDocument } from '../../planner/model/spec-documents.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { importedText } from '../../reporters/human/imported.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { thisUser } from '../pipeline/this-user.ts';

export default class SpecImport extends BaseCommand {
  static override summary = "Make a spec of the Python tool's YAML configuration.";
  static override description =
    'Prints the spec; what it has no word for, and what means something else from now on, is shown at its line of the ' +
    'YAML file. What cannot be imported stands in the draft as a comment, with the reason. Destinations are taken over as they are: the first run links to the newest snapshot and copies nothing again.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ~/.config/nbkp/config.yaml --out nbkp.toml',
    '<%= config.bin %> <%= command.id %> config.yaml --json',
  ];
  static override exitCodes = exitCodes({
    failed: 'some entries could not be imported: they are comments in the draft',
    refused: 'refused: the file to write is there already',
    invalid: 'the YAML file cannot be imported',
  });
  static override args = {
    file: Args.string({ name: 'FILE', required: true, description: 'The YAML file.' }),
  };
  static override flags = {
    out: Flags.string({
      helpValue: 'FILE',
      summary: 'Write the spec to a new file; one that is there is never replaced.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(SpecImport);
    const file = readSpecFile({ path: args.file, found: false }, { ...thisUser(), runs: false });
    if (!file.ok) return this.fail(file.findings, EXIT.invalid);
    const made = importPythonSpec(file.value.text, args.file, here());
    if (!made.ok) return this.fail([...file.findings, ...made.findings], EXIT.invalid);
    const { out } = flags;
    if (out !== undefined) {
      const written = writeNewFile(out, made.value);
      if (!written.ok) return this.fail(written.findings, EXIT.refused);
    }
    const findings = [...file.findings, ...made.findings];
    const document: ImportDocument = { formatVersion: '1.0', toml: made.value, path: out ?? null, findings };
    this.output.answer(document, importedText, findings);
    return hasErrors(made.findings) ? EXIT.failed : EXIT.done;
  }
}

/** Where the import is asked for: relative paths count from there, as those of a tool that is started there do. */
function here(): Here {
  const directory = process.cwd();
  const reading = { folder: directory, owners: [], outside: true, anyOwner: true };
  return { directory, read: (path) => readFilterFiles([path], reading).filterFiles[path] ?? null };
}

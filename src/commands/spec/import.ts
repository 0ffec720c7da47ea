import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { importSpec, writeNewFile } from '../../api/import-spec.ts';
import { hasErrors } from '../../planner/model/finding.ts';
import type { ImportDocument } from '../../planner/model/spec-documents.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { importedText } from '../../reporters/human/imported.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';

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
    const made = importSpec(this.around, args.file, process.cwd());
    if (!made.ok) return this.fail(made.findings, EXIT.invalid);
    const { out } = flags;
    if (out !== undefined) {
      const written = writeNewFile(out, made.value);
      if (!written.ok) return this.fail(written.findings, EXIT.refused);
    }
    const { value: toml, findings } = made;
    const document: ImportDocument = { formatVersion: '1.0', toml, path: out ?? null, findings };
    this.output.answer(document, importedText, findings);
    return hasErrors(findings) ? EXIT.failed : EXIT.done;
  }
}

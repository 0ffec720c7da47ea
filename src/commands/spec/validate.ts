import type { FindingsDocument } from '../../planner/model/documents.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { validityText } from '../../reporters/human/validity.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { outsideFlag } from '../pipeline/given-facts.ts';
import { specRemarks } from '../../api/validate.ts';
import { openWorkspace } from '../../api/workspace.ts';

export default class SpecValidate extends BaseCommand {
  static override summary = 'Check the spec and show every mistake in it at once.';
  static override description =
    'Reads the spec, the filter files in its folder and what is recorded of plugins beside it, and loads the plugins that are installed: ' +
    '`nbkp check` tells whether what it names is there.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --spec ~/backups/nbkp.toml --json',
  ];
  static override flags = { spec: specFlag, ...outsideFlag };
  static override exitCodes = exitCodes('invalid');

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SpecValidate);
    const read = await openWorkspace(this.around, flags.spec, 'read', { outside: flags['outside-files'] });
    if (!read.ok) return this.fail(read.findings, EXIT.invalid);
    const { spec } = read.value;
    const findings = [...read.findings, ...specRemarks(read.value)];
    const document: FindingsDocument = { formatVersion: '1.0', findings };
    this.output.answer(document, (shown, style) => validityText(spec, shown.findings, style));
    return EXIT.done;
  }
}

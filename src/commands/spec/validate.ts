import { unknownExecutors } from '../../planner/compile/unknown-executor.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { validityText } from '../../reporters/human/validity.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { openWorkspace } from '../pipeline/workspace.ts';

export default class SpecValidate extends BaseCommand {
  static override summary = 'Check the spec and show every mistake in it at once.';
  static override description =
    'Reads nothing but the spec and the plugins that it names: `nbkp check` tells whether what it names is there.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --spec ~/backups/nbkp.toml --json',
  ];
  static override flags = { spec: specFlag };
  static override exitCodes = exitCodes('invalid');

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SpecValidate);
    const read = await openWorkspace(this.config, flags.spec, 'read');
    if (!read.ok) return this.fail(read.findings, EXIT.invalid);
    const { spec, executors } = read.value;
    const told = spec.findings.map(({ message }) => message);
    const broken = Object.values(executors.planning.unusable ?? {})
      .filter(({ message }) => !told.includes(message))
      .map((finding): Finding => ({ ...finding, severity: 'warning' }));
    const findings = [...read.findings, ...spec.findings, ...unknownExecutors(spec, executors.planning), ...broken];
    if (this.output.json) this.output.findings(findings);
    else this.output.text(validityText(spec, findings, this.output.style()));
    return EXIT.done;
  }
}

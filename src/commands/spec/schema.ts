import schema from '../../../schemas/spec.schema.json' with { type: 'json' };
import { BaseCommand } from '../base.ts';
import { EXIT, type ExitCode } from '../../planner/review/exit-code.ts';
import { exitCodes } from '../exit-codes.ts';

export default class SpecSchema extends BaseCommand {
  static override summary = 'Print the JSON Schema of the spec, for editors.';
  static override description =
    'An editor that knows TOML and JSON Schema then completes keys and marks mistakes while you type.';
  static override examples = ['<%= config.bin %> <%= command.id %> > nbkp.schema.json'];
  static override exitCodes = exitCodes();

  protected override async execute(): Promise<ExitCode> {
    await this.parse(SpecSchema);
    this.output.document(schema);
    return EXIT.done;
  }
}

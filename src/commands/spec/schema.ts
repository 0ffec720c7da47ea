import schema from '../../../schemas/spec.schema.json' with { type: 'json' };
import { BaseCommand, specFlag } from '../base.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { exitCodes } from '../exit-codes.ts';
import { wholeSchema } from '../../api/installed-executors.ts';

export default class SpecSchema extends BaseCommand {
  static override summary = 'Print the JSON Schema of the spec, for editors.';
  static override description =
    'An editor that knows TOML and JSON Schema then completes keys and marks mistakes while you type. The tables of ' +
    'installed plugins are in it; what is wrong with a plugin is said on standard error.';
  static override examples = ['<%= config.bin %> <%= command.id %> > nbkp.schema.json'];
  static override flags = { spec: specFlag };
  static override exitCodes = exitCodes();

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SpecSchema);
    const { schema: whole, problems } = await wholeSchema(this.around, flags.spec, schema);
    if (problems.length > 0) this.output.remarks(problems);
    this.output.document(whole);
    return EXIT.done;
  }
}

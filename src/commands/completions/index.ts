import * as Args from '@oclif/core/args';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { COMPLETION_SCRIPTS, SHELLS, shellNamed } from '../../reporters/completion/scripts.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';

export default class Completions extends BaseCommand {
  static override summary = 'Print the completion of a shell: commands, flags, names of the spec.';
  static override description = '`nbkp completions install` puts it where the shell looks for it.';
  static override examples = ['<%= config.bin %> <%= command.id %> bash > ~/.nbkp-completion.bash'];
  static override exitCodes = exitCodes();
  static override args = {
    shell: Args.string({ name: 'SHELL', options: [...SHELLS], required: true, description: 'Which shell.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args } = await this.parse(Completions);
    const shell = shellNamed(args.shell);
    if (shell === null) throw new Error(`the parser let ${args.shell} pass`);
    const script = COMPLETION_SCRIPTS[shell];
    this.output.answerExactly({ formatVersion: '1.0', shell, script }, script);
    return EXIT.done;
  }
}

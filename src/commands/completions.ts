import * as Args from '@oclif/core/args';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { COMPLETION_SCRIPTS, SHELLS } from '../reporters/completion/scripts.ts';
import { BaseCommand } from './base.ts';
import { exitCodes } from './exit-codes.ts';

export default class Completions extends BaseCommand {
  static override summary = 'Print the completion of a shell: commands, flags, names of the spec.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> bash > ~/.nbkp-completion.bash',
    '<%= config.bin %> <%= command.id %> zsh > "${fpath[1]}/_nbkp"',
    '<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/nbkp.fish',
  ];
  static override exitCodes = exitCodes();
  static override args = {
    shell: Args.string({ name: 'SHELL', options: [...SHELLS], required: true, description: 'Which shell.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args } = await this.parse(Completions);
    const shell = SHELLS.find((name) => name === args.shell);
    if (shell === undefined) throw new Error(`the parser let ${args.shell} pass`);
    const script = COMPLETION_SCRIPTS[shell];
    this.output.answerExactly({ formatVersion: '1.0', shell, script }, script);
    return EXIT.done;
  }
}

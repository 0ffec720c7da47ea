import * as Args from '@oclif/core/args';
import { installCompletion } from '../../api/completion.ts';
import { UsageError } from '../../api/usage-error.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { COMPLETION_SCRIPTS, isOwnCompletion, SHELLS, shellNamed } from '../../reporters/completion/scripts.ts';
import { completionText, neededLine } from '../../reporters/human/completion.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';

export default class CompletionsInstall extends BaseCommand {
  static override summary = 'Put the completion of a shell into your folder for completions.';
  static override description =
    'Writes that one file and no other: where a line in ~/.bashrc or ~/.zshrc is needed too, it is shown.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> zsh'];
  static override exitCodes = exitCodes({
    refused: 'refused: a file that nbkp did not make is in the way, or the folder cannot be written',
  });
  static override args = {
    shell: Args.string({
      name: 'SHELL',
      options: [...SHELLS],
      description: 'Which shell. Without it: the one that SHELL in the environment names.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args } = await this.parse(CompletionsInstall);
    const { env } = this.around;
    const shell = shellNamed(args.shell ?? env['SHELL'] ?? '');
    if (shell === null) throw new UsageError('Which shell?', `There are: ${SHELLS.join(', ')}`);
    const completion = { shell, script: COMPLETION_SCRIPTS[shell], isOwn: isOwnCompletion };
    const { path, change } = this.need(installCompletion(completion, env), EXIT.refused);
    const document = { formatVersion: '1.0' as const, shell, path, change, line: neededLine(shell, path) };
    this.output.answer(document, completionText);
    return EXIT.done;
  }
}

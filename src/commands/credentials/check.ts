import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { checkText } from '../../reporters/human/check.ts';
import { specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { checkPassphrases } from '../../api/secrets.ts';
import { SpecCommand } from '../spec-command.ts';

export default class CredentialsCheck extends SpecCommand {
  static override summary = 'Fetch each passphrase and credential as a run would; say which cannot be.';
  static override description =
    'Prints none, and touches no drive: whether a passphrase is the right one, only an unlock can tell.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override exitCodes = exitCodes({ failed: 'a passphrase could not be fetched' }, 'invalid');
  static override flags = { spec: specFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(CredentialsCheck);
    return this.withSpec(flags, 'run', async (workspace) => {
      const document = await checkPassphrases(workspace);
      this.output.answer(document, (shown, style) => checkText({ ...shown, findings: [] }, style));
      return document.ok ? EXIT.done : EXIT.failed;
    });
  }
}

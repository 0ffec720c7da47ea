import { recovering } from '../api/recover.ts';
import { combine, EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { recoverText } from '../reporters/human/recover.ts';
import { runExitCodes } from './exit-codes.ts';
import { requestOf } from '../api/request.ts';
import { selectionFlags, yesFlag } from './pipeline/flags.ts';
import { SpecCommand } from './spec-command.ts';

export default class Recover extends SpecCommand {
  static override summary = 'After a crash or a power cut: what a dead run left, and clean it up.';
  static override description =
    'Partial snapshots stay, since the next run goes on with them. Nothing that is complete is touched.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --yes'];
  static override exitCodes = runExitCodes('failed', 'refused', 'locked');
  static override flags = { ...selectionFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Recover);
    return this.withSpec(flags, 'run', async (workspace) => {
      // What is on a drive that is closed is cleaned up by the next run that opens it.
      const recovery = this.need(await recovering(workspace, requestOf(flags, { drives: 'leave' })), EXIT.failed);
      this.output.text(recoverText(recovery.document, this.output.style()));
      const ended = await this.propose(workspace, recovery.planned, flags);
      const code = combine([ended, recovery.atWork ? EXIT.locked : EXIT.done]);
      if (code === EXIT.done) this.output.remarks(recovery.settle());
      return code;
    });
  }
}

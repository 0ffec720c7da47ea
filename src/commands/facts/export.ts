import * as Flags from '@oclif/core/flags';
import { redactFacts, writeFactsFile } from '../../api/given-facts.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { formatJson } from '../../reporters/json.ts';
import { exitCodes } from '../exit-codes.ts';
import { selectionFlags } from '../pipeline/flags.ts';
import { SpecCommand } from '../spec-command.ts';

export default class FactsExport extends SpecCommand {
  static override summary = 'Record what can be seen now, for planning where the drives are not.';
  static override description =
    'Writes drives, folders, snapshots, free space, tool versions and the past of each sync, with the time, and no file contents and no secrets. `plan --facts` and `diff --facts` read it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out facts.json',
    '<%= config.bin %> <%= command.id %> --redact --out facts.json && git add facts.json',
  ];
  static override exitCodes = exitCodes({ failed: 'the facts could not be written' }, 'invalid');
  static override flags = {
    ...selectionFlags,
    out: Flags.string({ helpValue: 'FILE', summary: 'Write to a file (mode 0600) instead of standard output.' }),
    files: Flags.boolean({ summary: 'With a dry run of every transfer: how much it would copy and delete.' }),
    redact: Flags.boolean({ summary: 'Pseudonyms for the names of machines, users, folders and files.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(FactsExport);
    return this.withSpec(flags, 'look', async (workspace) => {
      const planned = await this.planned(workspace, flags, { files: flags.files });
      this.output.remarks(planned.remarks);
      const facts = flags.redact ? redactFacts(planned.facts) : planned.facts;
      if (flags.out !== undefined) {
        this.need(writeFactsFile(flags.out, [...formatJson(facts)].join('')), EXIT.failed);
      }
      if (flags.out === undefined || this.output.json) this.output.document(facts);
      return EXIT.done;
    });
  }
}

import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { snapshotsDocument } from '../../planner/documents/snapshots.ts';
import { snapshotsText } from '../../reporters/human/snapshots.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { planBackup } from '../pipeline/backup-plan.ts';
import { requestOf, selectionFlags } from '../pipeline/flags.ts';
import { openWorkspace } from '../pipeline/workspace.ts';

export default class SnapshotsList extends BaseCommand {
  static override summary = 'List the snapshots of each sync, with the reason why each stays or goes.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --only documents --json',
  ];
  static override exitCodes = exitCodes('invalid');
  static override flags = selectionFlags;

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SnapshotsList);
    const workspace = await openWorkspace(this.config, flags.spec, false, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const options = { purpose: 'prune', files: false, version: this.config.version } as const;
    const { plan, facts, remarks } = await planBackup(workspace.value, requestOf(flags, { drives: 'leave' }), options);
    this.output.remarks(remarks);
    const document = snapshotsDocument(workspace.value.spec, facts, plan);
    if (this.output.json) this.output.document(document);
    else this.output.text(snapshotsText(document, this.output.style()));
    return EXIT.done;
  }
}

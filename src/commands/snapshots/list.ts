import type { ExitCode } from '../../planner/model/exit-code.ts';
import { snapshotsOf } from '../../api/snapshots.ts';
import { snapshotsText } from '../../reporters/human/snapshots.ts';
import { codeOfShown, specExitCodes } from '../exit-codes.ts';
import { requestOf } from '../../api/request.ts';
import { lookUse, openFlag, selectionFlags } from '../pipeline/flags.ts';
import { namedSyncs } from '../../api/named.ts';
import { SpecCommand } from '../spec-command.ts';

export default class SnapshotsList extends SpecCommand {
  static override summary = 'List the snapshots of each sync, with the reason why each stays or goes.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --only documents --json',
  ];
  static override exitCodes = specExitCodes({ failed: 'the snapshots of a sync are not as they should be' });
  static override flags = { ...selectionFlags, ...openFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SnapshotsList);
    return this.withSpec(flags, lookUse(flags), (workspace) => {
      const syncs = namedSyncs(workspace.spec, requestOf(flags));
      return this.withOpenDrives(workspace, { ...flags, syncs }, async () => {
        const pruning = await this.planned(workspace, { ...flags, mount: false }, { purpose: 'prune' });
        this.output.remarks(pruning.remarks);
        const document = snapshotsOf(workspace, pruning);
        this.output.answer(document, snapshotsText);
        return codeOfShown(document);
      });
    });
  }
}

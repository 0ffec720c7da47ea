import * as Args from '@oclif/core/args';
import { volumesOf } from '../../api/drives.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { volumesText } from '../../reporters/human/volumes.ts';
import { specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { reachFlags } from '../pipeline/flags.ts';
import { SpecCommand } from '../spec-command.ts';

export default class VolumesList extends SpecCommand {
  static override strict = false;
  static override summary = 'List drives and provided volumes: what is here, open and mounted, and by whom.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override exitCodes = exitCodes('invalid');
  static override args = { volumes: Args.string({ name: 'VOLUME', description: 'Only these.' }) };
  static override flags = { spec: specFlag, ...reachFlags };

  protected override async execute(): Promise<ExitCode> {
    const { flags, argv } = await this.parse(VolumesList);
    return this.withSpec(flags, 'look', async (workspace) => {
      const names = argv.length === 0 ? undefined : argv.map(String);
      const document = await volumesOf(workspace, names);
      this.output.answer(document, volumesText);
      return EXIT.done;
    });
  }
}

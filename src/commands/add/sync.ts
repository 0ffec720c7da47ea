import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { newSync, sourceHere, withSync } from '../../api/add-sync.ts';
import { openForEdit } from '../../api/edit-spec.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { chooseExcludes } from '../pipeline/chosen-destination.ts';
import { yesFlag } from '../pipeline/flags.ts';
import { proposeEdited, cannotConfirm } from '../pipeline/write-spec.ts';

export default class AddSync extends BaseCommand {
  static override summary = 'Put a sync into the spec: what is copied, and where to.';
  static override description =
    'Shows the lines that are put in, and asks. What is in the spec stays as it is, with its comments. Nothing but the spec is written: prepare marks the folders, apply copies.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --source ~/Pictures --to usb',
    '<%= config.bin %> <%= command.id %> photos --source laptop:Pictures --to usb:backups/photos --yes',
  ];
  static override exitCodes = exitCodes(
    {
      refused: 'refused: nobody confirmed, the spec cannot be written, or it was changed meanwhile',
      invalid: 'the spec is invalid, or would be; nothing was written',
    },
    'interrupted',
  );
  static override args = {
    name: Args.string({ name: 'NAME', description: 'What it is called. Without it: as the folder that is copied.' }),
  };
  static override flags = {
    spec: specFlag,
    source: Flags.string({
      required: true,
      helpValue: 'WHAT',
      summary: 'What is copied: VOLUME, VOLUME:FOLDER, or a folder of this machine that is in a volume.',
    }),
    to: Flags.string({
      required: true,
      helpValue: 'WHERE',
      summary: 'Where to: VOLUME:FOLDER, a folder, or VOLUME alone for backups/MACHINE/NAME there.',
    }),
    excludes: Flags.boolean({
      allowNo: true,
      summary:
        'Leave out what can be made again, such as caches. Without it it asks, and with --yes leaves nothing out.',
    }),
    yes: yesFlag,
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(AddSync);
    const nobody = cannotConfirm(flags.yes);
    if (nobody !== null) return this.fail([nobody], EXIT.refused);
    if (!flags.yes) this.output.speak();
    const before = this.need(await openForEdit(this.around, flags.spec), EXIT.invalid);
    const sync = newSync(before.spec, { name: args.name, source: flags.source, to: flags.to });
    const { name, source, destination } = sync;
    const here = sourceHere(before.spec, sync);
    const asks = { wanted: flags.excludes, asks: !flags.yes };
    const excludes = here === null ? [] : await chooseExcludes(this.output, this.around, here, asks);
    this.output.doing(`looking at ${destination.volume}`);
    const after = this.need(await withSync(this.around, before, { ...sync, excludes }), EXIT.invalid);
    const volumes = [...new Set([source.volume, destination.volume])];
    const next = [
      [['nbkp', 'prepare', ...volumes], 'marks these folders with a small file each; asks'],
      [['nbkp', 'apply', '--only', name], 'copies for the first time; asks'],
    ] as const;
    const addition = { before, after, added: { kind: 'sync', name }, next } as const;
    return proposeEdited(this.output, this.around, addition, flags.yes);
  }
}

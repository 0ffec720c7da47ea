import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { onKnownServer, ownName, refuseKnown, volumesHere, withVolume } from '../../api/add-volume.ts';
import type { Destination } from '../../api/discovery.ts';
import { openForEdit, refuseTaken } from '../../api/edit-spec.ts';
import { UsageError } from '../../api/usage-error.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { absentOrRefused, chooseDestination } from '../pipeline/chosen-destination.ts';
import { yesFlag } from '../pipeline/flags.ts';
import { proposeEdited, cannotConfirm } from '../pipeline/write-spec.ts';

export default class AddVolume extends BaseCommand {
  static override summary = 'Put a volume into the spec: a drive, a folder, or a folder on a server.';
  static override description =
    'Shows the lines that are put in, and asks. What is in the spec stays as it is, with its comments. Nothing but the spec is written: prepare marks the volume.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> /media/ada/Backup --name usb',
    '<%= config.bin %> <%= command.id %> pi:/srv/backups --yes',
  ];
  static override exitCodes = exitCodes(
    {
      refused: 'refused: nobody confirmed, the spec cannot be written, or it was changed meanwhile',
      absent: 'the drive, server or folder is not there',
      invalid: 'the spec is invalid, or would be; nothing was written',
    },
    'interrupted',
  );
  static override args = {
    where: Args.string({
      name: 'WHERE',
      description:
        'The label, UUID or device of a drive, a folder, or a host of the spec or ~/.ssh/config (HOST:FOLDER for a folder there). Without it, what is here is listed.',
    }),
  };
  static override flags = {
    spec: specFlag,
    name: Flags.string({ helpValue: 'NAME', summary: 'What it is called in the spec. Without it: as what is there.' }),
    yes: yesFlag,
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(AddVolume);
    const nobody = cannotConfirm(flags.yes);
    if (nobody !== null) return this.fail([nobody], EXIT.refused);
    if (!flags.yes) this.output.speak();
    if (flags.yes && args.where === undefined) {
      throw new UsageError('Which volume?', 'Name it: nbkp add volume DRIVE|FOLDER|HOST:FOLDER --yes');
    }
    const before = this.need(await openForEdit(this.around, flags.spec), EXIT.invalid);
    const { spec } = before;
    refuseTaken(flags.name, 'volume', Object.keys(spec.volumes));
    const destination = onKnownServer(spec, args.where, flags.name) ?? (await this.#look(spec, args.where, flags.name));
    const name = flags.name ?? ownName(destination, spec);
    const after = this.need(await withVolume(this.around, before, destination, name), EXIT.invalid);
    const folder = destination.within === '' ? name : `${name}:${destination.within}`;
    const next = [
      [['nbkp', 'prepare', name], 'marks it with a small file; asks'],
      [['nbkp', 'add', 'sync', '--source', 'FOLDER', '--to', folder], 'says what is copied there'],
    ] as const;
    const addition = { before, after, added: { kind: 'volume', name }, next } as const;
    return proposeEdited(this.output, this.around, addition, flags.yes);
  }

  /** What is here of that name, or what somebody chooses. */
  async #look(spec: Spec, where: string | undefined, name: string | undefined): Promise<Destination> {
    this.output.doing('looking for drives and servers');
    const named = (to: string | undefined) => volumesHere(this.around, spec, to);
    const destinations = this.need(await named(where), EXIT.invalid);
    const chosen = await chooseDestination(this.output, destinations, where, { question: 'Which one?', named });
    const destination = this.need(chosen, absentOrRefused);
    refuseKnown(spec, destination, name);
    return destination;
  }
}

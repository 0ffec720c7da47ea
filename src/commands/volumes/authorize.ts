import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { authorizing } from '../../api/authorize.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { rulesHelp, rulesText } from '../../reporters/human/authorize.ts';
import { shellCommand } from '../../reporters/text/shell.ts';
import { specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { namedVolumes } from '../../api/named.ts';
import { SpecCommand } from '../spec-command.ts';

export default class VolumesAuthorize extends SpecCommand {
  static override strict = false;
  static override summary = 'Print the polkit rule that lets a user unlock and mount drives.';
  static override description =
    'The rule allows as few actions of udisks as will do, for the drives of the spec and one user. Nothing is installed: that is left to you.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> usb --user alice',
  ];
  static override exitCodes = exitCodes('invalid');
  static override args = {
    volumes: Args.string({ name: 'VOLUME', description: 'Only these drives; all of the spec without it.' }),
  };
  static override flags = {
    spec: specFlag,
    user: Flags.string({
      helpValue: 'USER',
      summary: 'Whom the rule is for. Without it: you, and on a server the `user` of its SSH endpoint.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, argv } = await this.parse(VolumesAuthorize);
    return this.withSpec(flags, 'look', ({ spec }) => {
      const volumes = namedVolumes(spec, argv.map(String)).map(({ name }) => name);
      const document = authorizing(spec, volumes, flags.user ?? null);
      this.output.answer(document, rulesText);
      const again = shellCommand(['volumes', 'authorize', ...this.argv]);
      this.output.aside(rulesHelp(document, again, this.output.asideStyle()));
      return EXIT.done;
    });
  }
}

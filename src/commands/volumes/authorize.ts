import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { userName } from '../../hosts/observe/user-name.ts';
import { authorizeDocument } from '../../planner/documents/authorize.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { rulesHelp, rulesText } from '../../reporters/human/authorize.ts';
import { shellCommand } from '../../reporters/text/shell.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { namedVolumes } from '../pipeline/named-volumes.ts';
import { openWorkspace } from '../pipeline/workspace.ts';

export default class VolumesAuthorize extends BaseCommand {
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
    const workspace = await openWorkspace(this.config, flags.spec, false);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const { spec } = workspace.value;
    const volumes = namedVolumes(spec, argv.map(String)).map(({ name }) => name);
    const users = { user: flags.user ?? null, ownUser: userName() };
    const document = authorizeDocument(spec, volumes, users);
    if (this.output.json) this.output.document(document);
    else this.output.text(rulesText(document));
    this.output.aside(
      rulesHelp(document, shellCommand(['volumes', 'authorize', ...this.argv]), this.output.asideStyle()),
    );
    return EXIT.done;
  }
}

import { examined } from '../api/doctor.ts';
import type { Library } from '../planner/model/doctor.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { doctorText } from '../reporters/human/doctor.ts';
import { BaseCommand, specFlag } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { installed } from './installed.ts';

export default class Doctor extends BaseCommand {
  static override summary = 'Show this nbkp, the programs that it needs, and what is missing.';
  static override description: string | undefined =
    'There are no names of machines, users, folders, volumes and syncs in it. It changes nothing, uses no network, and ' +
    'loads no plugin. `nbkp check` says more, about a spec.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override exitCodes = exitCodes({ failed: 'a program that is needed is missing' }, 'invalid');
  static override flags = { spec: specFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Doctor);
    return this.diagnose(flags.spec);
  }

  /** @param spec as named by `--spec` */
  protected async diagnose(spec: string | undefined): Promise<ExitCode> {
    const { form, pjson, asset } = installed();
    const { build, libraries } = JSON.parse(asset('dist/build.json')) as { build: string; libraries: Library[] };
    const nbkp = { version: pjson.version, build, form };
    const document = await examined(this.around, { nbkp, libraries }, spec);
    this.output.answer(document, doctorText);
    if (document.spec.state === 'invalid') return EXIT.invalid;
    return document.ok ? EXIT.done : EXIT.failed;
  }
}

import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import Doctor from './doctor.ts';
import { installed } from './installed.ts';

export default class Version extends Doctor {
  static override summary = 'Print the version, what nbkp doctor shows, or the licences.';
  static override description = undefined;
  static override examples = ['<%= config.bin %> <%= command.id %> --verbose'];
  static override flags = {
    ...Doctor.flags,
    verbose: Flags.boolean({ char: 'v', summary: 'What nbkp doctor shows.' }),
    licenses: Flags.boolean({ summary: 'The licences of nbkp and of what is in it.', exclusive: ['verbose'] }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Version);
    if (flags.verbose) return this.diagnose(flags.spec);
    if (flags.licenses) {
      const texts = licenses();
      this.output.answerExactly({ formatVersion: '1.0', licenses: texts }, texts.join('\n'));
      return EXIT.done;
    }
    const { version, userAgent } = this.config;
    this.output.answer({ formatVersion: '1.0', version }, () => `${userAgent}\n`);
    return EXIT.done;
  }
}

function licenses(): string[] {
  const { form, asset } = installed();
  const own = ['LICENSE', 'dist/THIRD-PARTY-NOTICES.txt'];
  return [...own, ...(form === 'file' ? ['NODE-LICENSE'] : [])].map((name) => asset(name));
}

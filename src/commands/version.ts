import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import Doctor from './doctor.ts';

export default class Version extends Doctor {
  static override summary = 'Print the version; with --verbose, what nbkp doctor shows.';
  static override description = undefined;
  static override examples = ['<%= config.bin %> <%= command.id %> --verbose'];
  static override flags = {
    ...Doctor.flags,
    verbose: Flags.boolean({ summary: 'What nbkp doctor shows.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Version);
    if (flags.verbose) return this.diagnose(flags.spec);
    const { version, userAgent } = this.config;
    this.output.answer({ formatVersion: '1.0', version }, () => `${userAgent}\n`);
    return EXIT.done;
  }
}

import type { SpecDocument } from '../../planner/model/spec-documents.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { specText } from '../../reporters/human/spec.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { openWorkspace } from '../../api/workspace.ts';

export default class SpecShow extends BaseCommand {
  static override summary = 'Show what the spec means: defaults filled in, names resolved.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override flags = { spec: specFlag };
  static override exitCodes = exitCodes('invalid');

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SpecShow);
    const read = await openWorkspace(this.around, flags.spec, 'read');
    if (!read.ok) return this.fail(read.findings, EXIT.invalid);
    const { path, digest, volumes, provided, syncs, ssh, credentials, policy, settings, findings } = read.value.spec;
    const document: SpecDocument = {
      formatVersion: '1.0',
      ...{
        path,
        digest,
        volumes,
        ...(provided === undefined ? {} : { provided }),
        syncs,
        ssh,
        credentials,
        policy,
        settings,
      },
      findings: [...read.findings, ...findings],
    };
    this.output.answer(document, specText);
    return EXIT.done;
  }
}

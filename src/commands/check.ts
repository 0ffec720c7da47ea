import * as Flags from '@oclif/core/flags';
import type { CheckDocument } from '../planner/model/documents.ts';
import { combine, EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { checked } from '../api/check.ts';
import { checkText } from '../reporters/human/check.ts';
import { specExitCodes } from './exit-codes.ts';
import { requestOf } from '../api/request.ts';
import { allFlag, openFlag, selectionFlags } from './pipeline/flags.ts';
import { namedSyncs } from '../api/named.ts';
import { SpecCommand } from './spec-command.ts';

export default class Check extends SpecCommand {
  static override summary = 'Check every precondition, and say which commands fix what fails.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --only documents',
    '<%= config.bin %> <%= command.id %> --exclude-location home',
  ];
  static override exitCodes = specExitCodes({
    failed: 'a check found an error',
    absent: 'with --strict: something is not here',
  });
  static override flags = {
    ...selectionFlags,
    ...openFlag,
    strict: Flags.boolean({ exclusive: ['ignore'], summary: 'What is not here is an error (exit code 4).' }),
    ignore: Flags.option({
      options: ['absent'] as const,
      summary: 'Leave out what is not here.',
    })(),
    all: allFlag,
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Check);
    return this.withSpec(flags, 'run', (workspace) => {
      const { spec } = workspace;
      const { mount, ...selection } = flags;
      const syncs = namedSyncs(spec, requestOf(selection)).filter((sync) => sync.enabled);
      return this.withOpenDrives(workspace, { mount, syncs }, async () => {
        const planned = await this.planned(workspace, selection);
        this.output.remarks(planned.remarks);
        const document = await checked(workspace, planned, syncs);
        const shown = flags.ignore === undefined ? document : withoutAbsent(document);
        this.output.answer(shown, (told, style) => checkText(told, style, flags));
        const absent = flags.strict && document.checks.some(({ outcome }) => outcome === 'absent');
        return combine([document.ok ? EXIT.done : EXIT.failed, absent ? EXIT.absent : EXIT.done]);
      });
    });
  }
}

/** What is here, and nothing else. */
function withoutAbsent(document: CheckDocument): CheckDocument {
  return { ...document, checks: document.checks.filter(({ outcome }) => outcome !== 'absent') };
}

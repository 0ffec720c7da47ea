import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { Interruption } from '../executors/run/interruption.ts';
import { combine, EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { type Sync } from '../planner/model/spec.ts';
import { parseDuration, parseSize } from '../planner/model/units.ts';
import { found, type Wanted } from '../api/find.ts';
import { findText } from '../reporters/human/find.ts';
import { codeOfAbsence, specExitCodes, NO_SNAPSHOTS_HERE } from './exit-codes.ts';
import { requestOf } from '../api/request.ts';
import { lookUse, openFlag, selectionFlags } from './pipeline/flags.ts';
import { namedSyncs } from '../api/named.ts';
import { type Workspace } from '../api/workspace.ts';
import { SpecCommand } from './spec-command.ts';
import { UsageError } from '../api/usage-error.ts';

export default class Find extends SpecCommand {
  static override summary = 'Find a file in all snapshots that are here, each of its versions once.';
  static override description =
    'Only lists: nothing is read or changed. In hard-link snapshots a version is one inode of one size and time, elsewhere one size and time. Syncs that are not here are named and left out.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> grandmother.txt',
    "<%= config.bin %> <%= command.id %> --ignore-case '*tax*' --since 90d",
    "<%= config.bin %> <%= command.id %> 'Pictures/**/*.jpg' --larger 5MB --only home --json",
  ];
  static override exitCodes = specExitCodes({ failed: 'a snapshot cannot be read', absent: NO_SNAPSHOTS_HERE });
  static override args = {
    pattern: Args.string({
      name: 'PATTERN',
      required: true,
      description:
        'A name, or a glob of one such as "*tax*". With a slash the whole path in the snapshot, or the full path in the source.',
    }),
  };
  static override flags = {
    ...selectionFlags,
    ...openFlag,
    'ignore-case': Flags.boolean({ char: 'i', summary: 'Upper and lower case are the same.' }),
    since: Flags.string({
      helpValue: 'TIME',
      summary: 'Changed since: a duration such as 7d, or a day such as 2026-03-06.',
    }),
    larger: Flags.string({ helpValue: 'SIZE', summary: 'Only files larger than that, such as 5MB.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args, flags } = await this.parse(Find);
    const criteria = { since: sinceOf(flags.since), larger: largerOf(flags.larger) };
    const pattern = { pattern: args.pattern, ignoresCase: flags['ignore-case'] };
    return this.withSpec(flags, lookUse(flags), (workspace) => {
      const syncs = namedSyncs(workspace.spec, requestOf(flags));
      const find = (): Promise<ExitCode> => this.#find(workspace, syncs, { ...criteria, ...pattern });
      return this.withOpenDrives(workspace, { ...flags, syncs }, find);
    });
  }

  async #find(workspace: Workspace, syncs: readonly Sync[], wanted: Wanted): Promise<ExitCode> {
    const interruption = new Interruption();
    const stopListening = interruption.listen();
    const { document, absent, unread } = await found(workspace, syncs, wanted, interruption.gentle);
    stopListening();
    if (!this.output.json) this.output.remarks(document.findings);
    this.output.answerExactly(document, findText(document, this.output.style()));
    return combine([
      interruption.exitCode ?? EXIT.done,
      unread.length > 0 ? EXIT.failed : EXIT.done,
      absent.length > 0 && absent.length === syncs.length ? codeOfAbsence(absent) : EXIT.done,
    ]);
  }
}

/** @throws UsageError */
function sinceOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}[smhdw]$/.test(text)) return Date.now() - parseDuration(text);
  // A day begins when clocks here show midnight.
  const time = /^\d{4}-\d\d-\d\d$/.test(text)
    ? Date.parse(`${text}T00:00:00`)
    : /^\d{4}-/.test(text)
      ? Date.parse(text)
      : NaN;
  if (!Number.isNaN(time)) return time;
  throw new UsageError(
    `--since ${text} is no time.`,
    'Write a duration (12h, 7d, 4w), a day (2026-03-06), or a day and a time.',
  );
}

/** @throws UsageError */
function largerOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}(\.\d{1,3})?(B|[kKMGT]B|[KMGT]iB)$/.test(text)) return parseSize(text);
  throw new UsageError(`--larger ${text} is no size.`, 'Write a number and a unit: 500kB, 5MB, 1.5GiB.');
}

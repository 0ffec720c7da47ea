import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { splitCopy } from '../../planner/model/copy-name.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { snapshotsDiffText } from '../../reporters/human/snapshots-diff.ts';
import { specFlag } from '../base.ts';
import { codeOfAbsence, exitCodes, NO_SNAPSHOTS_HERE } from '../exit-codes.ts';
import { reachFlags } from '../pipeline/flags.ts';
import { compared } from '../../api/compare.ts';
import { SpecCommand } from '../spec-command.ts';

/** So many entries are named where nothing else is asked for. */
const NAMED = 100;

export default class SnapshotsDiff extends SpecCommand {
  static override summary = 'What changed between two snapshots: added, removed, changed, the largest first.';
  static override description =
    'Entries are compared by type, size, mode, owner and time, and links by their target; files are not read (nbkp verify does). Of folders the time does not count, since it changes with every entry that comes or goes.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> documents',
    '<%= config.bin %> <%= command.id %> documents@yesterday',
    '<%= config.bin %> <%= command.id %> documents@2026-03-01 2026-03-06 --json',
  ];
  static override exitCodes = exitCodes(
    { failed: 'there is no such snapshot, or it cannot be read', absent: NO_SNAPSHOTS_HERE },
    'invalid',
  );
  static override args = {
    a: Args.string({
      name: 'SYNC[@SNAPSHOT]',
      required: true,
      description: 'The older one, as for nbkp restore; default -2, the one before the latest.',
    }),
    b: Args.string({ name: '[SYNC@]SNAPSHOT', description: 'The newer one, default the latest.' }),
  };
  static override flags = {
    spec: specFlag,
    ...reachFlags,
    limit: Flags.integer({ min: 1, max: 1_000_000, default: NAMED, helpValue: 'N', summary: 'Name so many entries.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args, flags } = await this.parse(SnapshotsDiff);
    return this.withSpec(flags, 'look', async (workspace) => {
      const [older, newer] = [splitCopy(args.a), newerOf(args.a, args.b)];
      const document = this.need(await compared(workspace, older, newer, flags.limit), codeOfAbsence);
      this.output.answer(document, snapshotsDiffText);
      return EXIT.done;
    });
  }
}

/** The second of the two names; the sync of the first one where it names none. */
function newerOf(a: string, b: string | undefined): ReturnType<typeof splitCopy> {
  const { sync } = splitCopy(a);
  if (b === undefined) return { sync, snapshot: null };
  return b.includes('@') ? splitCopy(b) : { sync, snapshot: b };
}

import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { treeDifference } from '../../hosts/compare/tree-difference.ts';
import type { SnapshotsDiffDocument } from '../../planner/model/comparison.ts';
import type { Spec, Sync } from '../../planner/model/spec.ts';
import { chooseCopy, splitCopy, type Copy } from '../../planner/documents/chosen-copy.ts';
import { observedHeader } from '../../planner/documents/status.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { snapshotsDiffText } from '../../reporters/human/snapshots-diff.ts';
import { specFlag } from '../base.ts';
import { codeOfAbsence, exitCodes, NO_SNAPSHOTS_HERE } from '../exit-codes.ts';
import { reachFlags } from '../pipeline/flags.ts';
import { namedSync } from '../../api/named.ts';
import { observeWorld, placeOf, type Workspace } from '../../api/workspace.ts';
import { UsageError } from '../../api/usage-error.ts';
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
      const { spec } = workspace;
      const [older, newer] = [splitCopy(args.a), newerOf(args.a, args.b)];
      const [oneSync, otherSync] = [syncNamed(spec, older.sync), syncNamed(spec, newer.sync)];
      const { facts } = await observeWorld(workspace, [oneSync.name, otherSync.name]);
      const from = this.need(chooseCopy({ spec, facts }, oneSync, older.snapshot ?? '-2'), codeOfAbsence);
      const to = this.need(chooseCopy({ spec, facts }, otherSync, newer.snapshot), codeOfAbsence);
      const seen = this.need(await compare(workspace, from, to, flags.limit), EXIT.failed);
      const document: SnapshotsDiffDocument = {
        formatVersion: '1.0',
        ...observedHeader(spec, facts, { findings: [] }),
        from: nameOf(from),
        to: nameOf(to),
        ...seen,
      };
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

function syncNamed(spec: Spec, name: string): Sync {
  const sync = namedSync(spec, name);
  if (sync.snapshots.mode === 'none') throw new UsageError(`${name} makes no snapshots.`);
  return sync;
}

function compare(workspace: Workspace, from: Copy, to: Copy, limit: number): ReturnType<typeof treeDifference> {
  if (from.host !== to.host) throw new UsageError('The two snapshots are on different machines.');
  const { transport, path } = placeOf(workspace, from);
  return treeDifference(transport, path, to.path, limit);
}

function nameOf({ sync, snapshot }: Copy): { sync: string; snapshot: string } {
  return { sync, snapshot: snapshot ?? '' };
}

import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { treeDifference } from '../../hosts/compare/tree-difference.ts';
import { selectSyncs } from '../../planner/compile/select.ts';
import type { SnapshotsDiffDocument } from '../../planner/model/comparison.ts';
import { hasErrors } from '../../planner/model/finding.ts';
import type { Sync } from '../../planner/model/spec.ts';
import { chooseCopy, splitCopy, type Copy } from '../../planner/documents/chosen-copy.ts';
import { observedHeader } from '../../planner/documents/status.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { snapshotsDiffText } from '../../reporters/human/snapshots-diff.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { reachFlags, usage } from '../pipeline/flags.ts';
import { observeWorld, openWorkspace, transportOf, type Workspace } from '../pipeline/workspace.ts';
import { UsageError } from '../usage-error.ts';

/** So many entries are named where nothing else is asked for. */
const NAMED = 100;

export default class SnapshotsDiff extends BaseCommand {
  static override summary = 'What changed between two snapshots: added, removed, changed, the largest first.';
  static override description =
    'Entries are compared by type, size, mode, owner and time, and links by their target; files are not read (nbkp verify does). Of folders the time does not count, since it changes with every entry that comes or goes.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> documents',
    '<%= config.bin %> <%= command.id %> documents@2026-03-01',
    '<%= config.bin %> <%= command.id %> documents@2026-03-01 2026-03-06 --json',
  ];
  static override exitCodes = exitCodes('failed', 'absent', 'invalid');
  static override args = {
    a: Args.string({
      name: 'SYNC[@SNAPSHOT]',
      required: true,
      description: 'The older one: any unique beginning of its name, default the one before the latest.',
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
    const workspace = await openWorkspace(this.config, flags.spec, false, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const { spec } = workspace.value;
    const [older, newer] = [splitCopy(args.a), newerOf(args.a, args.b)];
    const [oneSync, otherSync] = [syncNamed(workspace.value, older.sync), syncNamed(workspace.value, newer.sync)];
    const { facts } = await observeWorld(workspace.value, [oneSync.name, otherSync.name]);
    const back = older.snapshot === null ? 1 : 0;
    const from = chooseCopy({ spec, facts }, oneSync, older.snapshot, back);
    const to = chooseCopy({ spec, facts }, otherSync, newer.snapshot);
    if (!from.ok || !to.ok) {
      const findings = from.ok ? to.findings : from.findings;
      return this.fail(findings, hasErrors(findings) ? EXIT.failed : EXIT.absent);
    }
    const seen = await compare(workspace.value, from.value, to.value, flags.limit);
    if (!seen.ok) return this.fail(seen.findings, EXIT.failed);
    const document: SnapshotsDiffDocument = {
      formatVersion: '1.0',
      ...observedHeader(spec, facts, { findings: [] }),
      from: nameOf(from.value),
      to: nameOf(to.value),
      ...seen.value,
    };
    if (this.output.json) this.output.document(document);
    else this.output.text(snapshotsDiffText(document, this.output.style()));
    return EXIT.done;
  }
}

/** The second of the two names; the sync of the first one where it names none. */
function newerOf(a: string, b: string | undefined): ReturnType<typeof splitCopy> {
  const { sync } = splitCopy(a);
  if (b === undefined) return { sync, snapshot: null };
  return b.includes('@') ? splitCopy(b) : { sync, snapshot: b };
}

function syncNamed({ spec }: Workspace, name: string): Sync {
  const selected = selectSyncs(spec, { only: [name.replace(/:$/, '')], exclude: [] });
  if (!selected.ok) throw usage(selected.findings);
  const [sync] = selected.value;
  if (sync === undefined) throw new Error(`${name} was selected and is not there`);
  if (sync.snapshots.mode === 'none') throw new UsageError(`${name} makes no snapshots.`);
  return sync;
}

function compare(workspace: Workspace, from: Copy, to: Copy, limit: number): ReturnType<typeof treeDifference> {
  if (from.host !== to.host) throw new UsageError('The two snapshots are on different machines.');
  const transport = transportOf(workspace, from.host);
  if (transport === undefined) throw new Error(`${from.host} was observed and is not reached`);
  return treeDifference(transport, from.path, to.path, limit);
}

function nameOf({ sync, snapshot }: Copy): { sync: string; snapshot: string } {
  return { sync, snapshot: snapshot ?? '' };
}

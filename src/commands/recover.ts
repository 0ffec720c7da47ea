import { deadRuns } from '../store/stored-runs.ts';
import { settleDeadRun } from '../store/dead-runs.ts';
import { buildRecover } from '../planner/purposes/recover.ts';
import { volumeQuestion } from '../planner/facts/questions.ts';
import { selectSyncs } from '../planner/compile/select.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { deadRun } from '../planner/documents/history.ts';
import { recoverDocument } from '../planner/documents/recover.ts';
import { recoverText } from '../reporters/human/recover.ts';
import { BaseCommand } from './base.ts';
import { runExitCodes } from './exit-codes.ts';
import { requestOf, selectionFlags, usage, yesFlag } from './pipeline/flags.ts';
import { proposeAndRun } from './pipeline/propose.ts';
import { observeWorld, openWorkspace } from './pipeline/workspace.ts';

export default class Recover extends BaseCommand {
  static override summary = 'After a crash or a power cut: what a dead run left, and clean it up.';
  static override description =
    'Partial snapshots stay, since the next run goes on with them. Nothing that is complete is touched.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --yes'];
  static override exitCodes = runExitCodes('failed', 'refused', 'invalid', 'locked', 'interrupted', 'terminated');
  static override flags = { ...selectionFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Recover);
    const workspace = await openWorkspace(this.config, flags.spec, true, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const { spec, state, executors } = workspace.value;
    // What is on a drive that is closed is cleaned up by the next run that opens it.
    const request = requestOf(flags, { drives: 'leave' });
    const selected = selectSyncs(spec, request);
    if (!selected.ok) throw usage(selected.findings);
    const syncs = selected.value;
    const dead = deadRuns(state);
    if (!dead.ok) return this.fail(dead.findings, EXIT.failed);
    const { facts, findings } = await observeWorld(
      workspace.value,
      syncs.map((sync) => sync.name),
      Object.values(spec.volumes).map(volumeQuestion),
    );
    const plan = buildRecover({ spec, facts, request, ...executors.planning, version: this.config.version }, syncs);
    const document = recoverDocument(
      { spec, facts, syncs },
      plan,
      dead.value.map((run) => deadRun(run.record, run.unfinished)),
    );
    this.output.text(recoverText(document, this.output.style()));
    const planned = { plan, facts, remarks: findings };
    const command = ['nbkp', 'recover', ...this.argv];
    const code = await proposeAndRun(this.output, workspace.value, planned, { flags, command });
    if (code === EXIT.done) this.output.remarks(dead.value.flatMap((run) => settleDeadRun(state, run)));
    return code;
  }
}

import { deadRuns } from '../store/stored-runs.ts';
import { owedOnFailure, settleDeadRun } from '../store/dead-runs.ts';
import { specKey } from '../store/history.ts';
import type { Spec } from '../planner/model/spec.ts';
import { buildRecover } from '../planner/purposes/recover.ts';
import { volumeQuestion } from '../planner/facts/questions.ts';
import { combine, EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { deadRun } from '../planner/documents/history.ts';
import { recoverDocument } from '../planner/documents/recover.ts';
import { recoverText } from '../reporters/human/recover.ts';
import { runExitCodes } from './exit-codes.ts';
import { requestOf } from '../api/request.ts';
import { selectionFlags, yesFlag } from './pipeline/flags.ts';
import { namedSyncs } from '../api/named.ts';
import { observeWorld, planInput } from '../api/workspace.ts';
import { SpecCommand } from './spec-command.ts';

/** Another selection, or a server that was not reached, has left them for later. */
function isOwed(spec: Spec, sync: string, done: ReadonlySet<string | undefined>): boolean {
  return (spec.syncs[sync]?.onFailure.length ?? 0) > 0 && !done.has(sync);
}

export default class Recover extends SpecCommand {
  static override summary = 'After a crash or a power cut: what a dead run left, and clean it up.';
  static override description =
    'Partial snapshots stay, since the next run goes on with them. Nothing that is complete is touched.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --yes'];
  static override exitCodes = runExitCodes('failed', 'refused', 'invalid', 'locked', 'interrupted', 'terminated');
  static override flags = { ...selectionFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Recover);
    return this.withSpec(flags, 'run', async (workspace) => {
      const { spec, state } = workspace;
      // What is on a drive that is closed is cleaned up by the next run that opens it.
      const request = requestOf(flags, { drives: 'leave' });
      const syncs = namedSyncs(spec, request);
      const names = syncs.map((sync) => sync.name);
      const dead = this.need(deadRuns(state), EXIT.failed);
      const { facts, findings } = await observeWorld(workspace, names, Object.values(spec.volumes).map(volumeQuestion));
      const owed = owedOnFailure(state, specKey(spec.path), facts.history, dead);
      const plan = buildRecover(planInput(workspace, facts, request), syncs, owed);
      const runs = dead.map((run) => deadRun(run.record, run.unfinished));
      const document = recoverDocument({ spec, facts, syncs }, plan, runs);
      this.output.text(recoverText(document, this.output.style()));
      const planned = { plan, facts, remarks: findings };
      const ended = await this.propose(workspace, planned, flags);
      // What is theirs was left alone, as a lock would have it.
      const atWork = names.some((name) => facts.running?.[name] !== undefined);
      const code = combine([ended, atWork ? EXIT.locked : EXIT.done]);
      const done = new Set(plan.steps.map(({ id, sync }) => (id.startsWith('on-failure:') ? sync : undefined)));
      const stillOwed = new Set(Object.entries(owed).flatMap(([sync, run]) => (isOwed(spec, sync, done) ? [run] : [])));
      const settled = code === EXIT.done ? dead.filter(({ id }) => !stillOwed.has(id)) : [];
      this.output.remarks(settled.flatMap((run) => settleDeadRun(state, run)));
      return code;
    });
  }
}

import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import type { Plan } from '../planner/model/plan.ts';
import { exitCodes } from './exit-codes.ts';
import { type RequestFlags } from '../api/request.ts';
import { planningFlags } from './pipeline/flags.ts';
import { factsFlags, factsSource, givenUse, outsideFlag, readsOutside } from './pipeline/given-facts.ts';
import { maxBytesFlag, type Shown } from './pipeline/format.ts';
import type { CodeFlags } from '../api/plan-code.ts';
import type { Planned } from '../api/plan-backup.ts';
import { PATIENCE_MS } from '../api/quick-look.ts';
import { filtersOfPlan } from '../api/source-findings.ts';
import type { ReadingFlags, Workspace } from '../api/workspace.ts';
import { afterPlanText } from '../reporters/human/plan/after.ts';
import { SpecCommand } from './spec-command.ts';

type ViewFlags = RequestFlags &
  ReadingFlags &
  CodeFlags &
  Omit<Shown, 'code'> & {
    format: string;
    spec?: string | undefined;
    facts?: string | undefined;
    offline: boolean;
    'outside-files': boolean;
  };

/** What the exit codes of a command that only shows a plan mean. */
export const viewExitCodes = exitCodes(
  {
    failed: 'an error forbids a sync',
    refused: 'a guard forbids a sync',
    invalid: 'the spec or the facts file is invalid',
  },
  'changes',
  'absent',
);

/** Flags of such a command, besides its formats. */
export const viewFlags = {
  ...planningFlags,
  ...factsFlags,
  ...outsideFlag,
  'max-bytes': maxBytesFlag,
  'detailed-exitcode': Flags.boolean({ summary: 'Exit code 2 when a planned step may change data.' }),
};

/** What every command that only shows what a run would do has in common. */
export abstract class ViewCommand extends SpecCommand {
  /** @param keep what else becomes of the plan before it is shown */
  protected async view(flags: ViewFlags, keep?: (plan: Plan) => void): Promise<ExitCode> {
    return this.withSpec({ ...flags, outside: readsOutside(flags) }, givenUse(flags), async (workspace) => {
      const given = this.need(factsSource(flags), EXIT.invalid)?.(workspace.spec, workspace.filters);
      const quickly = flags.files === undefined && given === undefined && this.looks(flags);
      const begun = Date.now();
      const planned = await this.planned(workspace, flags, { files: flags.files ?? (quickly && 'quickly'), given });
      const leftMs = quickly ? begun + PATIENCE_MS - Date.now() : undefined;
      const told = given === undefined ? await this.#withFilters(workspace, planned, leftMs) : planned;
      const code = await this.showPlanned(workspace, told, flags, keep);
      if (quickly) this.output.text(afterPlanText(planned, this.#next(), this.output.style()));
      return code;
    });
  }

  /** With what is said of filters that match nothing, where files were looked at. */
  async #withFilters(workspace: Workspace, planned: Planned, patienceMs: number | undefined): Promise<Planned> {
    if (Object.keys(planned.facts.previews).length === 0) return planned;
    this.output.doing('looking for what filters name');
    const found = await filtersOfPlan(workspace, planned, patienceMs);
    this.output.doing(null);
    return { ...planned, remarks: [...planned.remarks, ...found] };
  }

  /** Whether it looks at files where nobody says so: only for a person who waits for it. */
  protected readonly looks: (flags: ViewFlags) => boolean = () => false;

  /** What to type next: the same syncs. */
  #next(): string[] {
    const shows = ['--commands', '--all'];
    return ['nbkp', 'apply', ...this.argv.filter((word) => !shows.includes(word))];
  }
}

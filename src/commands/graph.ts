import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { exitCodes } from './exit-codes.ts';
import { planBackup } from './pipeline/backup-plan.ts';
import { planningFlags } from './pipeline/flags.ts';
import { factsFlags, factsSource, givenUse, outsideFlag, readsOutside } from './pipeline/given-facts.ts';
import { formatFlag, maxBytesFlag, showPlan } from './pipeline/format.ts';
import { codeOfPlan } from './pipeline/plan-code.ts';
import { SpecCommand } from './spec-command.ts';

export default class Graph extends SpecCommand {
  static override summary = 'Show the plan as a graph: what waits for what.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --format dot | dot -Tsvg > plan.svg',
  ];
  static override exitCodes = exitCodes(
    {
      failed: 'an error forbids a sync',
      refused: 'a guard forbids a sync',
      invalid: 'the spec or the facts file is invalid',
    },
    'changes',
    'absent',
  );
  static override flags = {
    ...planningFlags,
    ...factsFlags,
    ...outsideFlag,
    format: formatFlag(['text', 'markdown', 'mermaid', 'dot'], 'text', 'How to draw it.'),
    'max-bytes': maxBytesFlag,
    'detailed-exitcode': Flags.boolean({ summary: 'Exit code 2 when a planned step may change data.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Graph);
    return this.withSpec({ ...flags, outside: readsOutside(flags) }, givenUse(flags), async (workspace) => {
      const source = factsSource(flags);
      if (!source.ok) return this.fail(source.findings, EXIT.invalid);
      const { spec, filters } = workspace;
      const planned = await planBackup(workspace, flags, { given: source.value?.(spec, filters) });
      this.output.remarks(planned.remarks);
      return showPlan(this.output, planned.plan, { ...flags, code: codeOfPlan({ spec, ...planned }, flags) });
    });
  }
}

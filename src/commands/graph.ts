import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { treeText } from '../reporters/graph/tree.ts';
import { BaseCommand } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { planBackup } from './pipeline/backup-plan.ts';
import { planningFlags, requestOf } from './pipeline/flags.ts';
import { factsFlags, factsSource } from './pipeline/given-facts.ts';
import { formatPlan, maxBytesFlag } from './pipeline/format.ts';
import { codeOfPlan } from './pipeline/plan-code.ts';
import { openWorkspace } from './pipeline/workspace.ts';

export default class Graph extends BaseCommand {
  static override summary = 'Show the plan as a graph: what waits for what.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --format dot | dot -Tsvg > plan.svg',
  ];
  static override exitCodes = exitCodes('failed', 'changes', 'refused', 'absent', 'invalid');
  static override flags = {
    ...planningFlags,
    ...factsFlags,
    format: Flags.string({
      options: ['text', 'markdown', 'mermaid', 'dot'],
      default: 'text',
      summary: 'How to draw it.',
    }),
    'max-bytes': maxBytesFlag,
    'detailed-exitcode': Flags.boolean({ summary: 'Exit code 2 when a planned step may change data.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Graph);
    const workspace = await openWorkspace(this.config, flags.spec, false, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const source = factsSource(flags);
    if (!source.ok) return this.fail(source.findings, EXIT.invalid);
    const planned = await planBackup(workspace.value, requestOf(flags), {
      files: false,
      require: flags.require,
      given: source.value?.(workspace.value.spec),
      version: this.config.version,
    });
    this.output.remarks(planned.remarks);
    const { plan } = planned;
    const style = this.output.style();
    if (this.output.json) this.output.document(plan);
    else
      this.output.text(flags.format === 'text' ? treeText(plan, style) : formatPlan(plan, flags.format, flags, style));
    return codeOfPlan({ spec: workspace.value.spec, ...planned }, flags);
  }
}

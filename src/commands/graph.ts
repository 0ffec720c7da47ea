import type { ExitCode } from '../planner/model/exit-code.ts';
import { formatFlag } from './pipeline/format.ts';
import { ViewCommand, viewExitCodes, viewFlags } from './view-command.ts';

export default class Graph extends ViewCommand {
  static override summary = 'Show the plan as a graph: what waits for what.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --format dot | dot -Tsvg > plan.svg',
  ];
  static override exitCodes = viewExitCodes;
  static override flags = {
    ...viewFlags,
    format: formatFlag(['text', 'markdown', 'mermaid', 'dot'], 'text', 'How to draw it.'),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Graph);
    return this.view(flags);
  }
}

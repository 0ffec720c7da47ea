import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { EXIT, planExitCode, type ExitCode } from '../planner/model/exit-code.ts';
import { BaseCommand } from './base.ts';
import { allFlag } from './pipeline/flags.ts';
import { exitCodes } from './exit-codes.ts';
import { formatFlag, maxBytesFlag, showPlan } from './pipeline/format.ts';
import { loadPlan } from '../api/saved-plan.ts';

export default class Show extends BaseCommand {
  static override summary = 'Show a saved plan, however old. Observes nothing.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> monday.plan',
    '<%= config.bin %> <%= command.id %> monday.plan --format mermaid',
  ];
  static override exitCodes = exitCodes({ failed: 'the plan cannot be shown so', invalid: 'the plan file is invalid' });
  static override args = {
    plan: Args.string({ name: 'PLAN_FILE', required: true, description: 'A plan that plan --out wrote.' }),
  };
  static override flags = {
    files: Flags.boolean({ summary: 'Show the files of its preview, if it has one.' }),
    commands: Flags.boolean({ summary: 'Show the exact command lines of each step.' }),
    all: allFlag,
    format: formatFlag(['human', 'markdown', 'mermaid', 'dot', 'sh'], 'human'),
    'max-bytes': maxBytesFlag,
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(Show);
    const plan = this.need(loadPlan(args.plan), EXIT.invalid);
    const code = planExitCode(plan, { strict: false, requiredAbsent: [], unprepared: true, detailed: false });
    return showPlan(this.output, plan, { ...flags, code });
  }
}

import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { savePlan } from '../api/saved-plan.ts';
import { allFlag } from './pipeline/flags.ts';
import { formatFlag } from './pipeline/format.ts';
import { ViewCommand, viewExitCodes, viewFlags } from './view-command.ts';

export default class Plan extends ViewCommand {
  static override summary = 'Show what a run would do now, and why. Changes nothing anywhere.';
  static override description =
    'Looks at which drives and folders are there, compiles the plan and shows it as a diff. What is absent is skipped with its reason.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --files --only documents',
    '<%= config.bin %> <%= command.id %> --commands',
    '<%= config.bin %> <%= command.id %> --format sh > backup.sh',
    '<%= config.bin %> <%= command.id %> --out monday.plan && <%= config.bin %> apply monday.plan',
  ];
  static override exitCodes = viewExitCodes;
  static override flags = {
    ...viewFlags,
    'allow-destructive': Flags.boolean({ summary: 'Plan as with this flag of apply: the guards let pass.' }),
    files: Flags.boolean({
      allowNo: true,
      summary:
        'Preview each file: a dry run of every transfer. Without it, on a terminal, of those within this machine or that took 10 s at most the last time, for 10 s in all.',
    }),
    commands: Flags.boolean({ summary: 'Show the exact command lines of each step.' }),
    all: allFlag,
    out: Flags.string({ helpValue: 'FILE', summary: 'Write the plan to a file that apply takes.' }),
    format: formatFlag(['human', 'markdown', 'mermaid', 'dot', 'sh'], 'human'),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Plan);
    return this.view(flags, (plan) => {
      if (flags.out !== undefined) this.need(savePlan(flags.out, plan), EXIT.failed);
    });
  }

  protected override readonly looks = ({ format, json, out, 'detailed-exitcode': detailed }: LookFlags): boolean =>
    process.stdout.isTTY && format === 'human' && json !== true && out === undefined && !detailed;
}

interface LookFlags {
  format: string;
  json?: boolean;
  out?: string | undefined;
  'detailed-exitcode'?: boolean;
}

import * as Flags from '@oclif/core/flags';
import { writePlanFile } from '../store/document-files.ts';
import { encodePlan } from '../planner/plan-file/encode.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { exitCodes } from './exit-codes.ts';
import { planBackup } from './pipeline/backup-plan.ts';
import { allFlag, planningFlags } from './pipeline/flags.ts';
import { factsFlags, factsSource, givenUse, outsideFlag, readsOutside } from './pipeline/given-facts.ts';
import { formatFlag, maxBytesFlag, showPlan } from './pipeline/format.ts';
import { codeOfPlan } from './pipeline/plan-code.ts';
import { SpecCommand } from './spec-command.ts';

export default class Plan extends SpecCommand {
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
    'allow-destructive': Flags.boolean({ summary: 'Plan as with this flag of apply: the guards let pass.' }),
    files: Flags.boolean({ summary: 'Preview each file: a dry run of every transfer.' }),
    commands: Flags.boolean({ summary: 'Show the exact command lines of each step.' }),
    all: allFlag,
    out: Flags.string({ helpValue: 'FILE', summary: 'Write the plan to a file that apply takes.' }),
    format: formatFlag(['human', 'markdown', 'mermaid', 'dot', 'sh'], 'human'),
    'max-bytes': maxBytesFlag,
    'detailed-exitcode': Flags.boolean({ summary: 'Exit code 2 when a planned step may change data.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Plan);
    return this.withSpec({ ...flags, outside: readsOutside(flags) }, givenUse(flags), async (workspace) => {
      const source = factsSource(flags);
      if (!source.ok) return this.fail(source.findings, EXIT.invalid);
      const { spec, filters } = workspace;
      const planned = await planBackup(workspace, flags, {
        files: flags.files,
        given: source.value?.(spec, filters),
        output: this.output,
      });
      this.output.remarks(planned.remarks);
      if (flags.out !== undefined) {
        const written = writePlanFile(flags.out, encodePlan(planned.plan));
        if (!written.ok) return this.fail(written.findings, EXIT.failed);
      }
      return showPlan(this.output, planned.plan, { ...flags, code: codeOfPlan({ spec, ...planned }, flags) });
    });
  }
}

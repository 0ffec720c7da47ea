import * as Flags from '@oclif/core/flags';
import { writePlanFile } from '../store/document-files.ts';
import { encodePlan } from '../planner/plan-file/encode.ts';
import type { Plan as PlanDocument } from '../planner/model/plan.ts';
import type { ExitCode } from '../planner/model/exit-code.ts';
import { BaseCommand } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { planBackup } from './pipeline/backup-plan.ts';
import { planningFlags, requestOf } from './pipeline/flags.ts';
import { factsFlags, factsSource } from './pipeline/given-facts.ts';
import { formatPlan, FORMATS, maxBytesFlag } from './pipeline/format.ts';
import { codeOfPlan } from './pipeline/plan-code.ts';
import { scriptOf } from './pipeline/script.ts';
import { openWorkspace } from './pipeline/workspace.ts';
import { EXIT } from '../planner/model/exit-code.ts';

export default class Plan extends BaseCommand {
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
  static override exitCodes = exitCodes('failed', 'changes', 'refused', 'absent', 'invalid');
  static override flags = {
    ...planningFlags,
    ...factsFlags,
    'allow-destructive': Flags.boolean({ summary: 'Plan as with this flag of apply: the guards let pass.' }),
    files: Flags.boolean({ summary: 'Preview each file: a dry run of every transfer.' }),
    commands: Flags.boolean({ summary: 'Show the exact command lines of each step.' }),
    all: Flags.boolean({ summary: 'Fold no long list.' }),
    out: Flags.string({ helpValue: 'FILE', summary: 'Write the plan to a file that apply takes.' }),
    format: Flags.string({ options: [...FORMATS], default: 'human', summary: 'How to show it.' }),
    'max-bytes': maxBytesFlag,
    'detailed-exitcode': Flags.boolean({ summary: 'Exit code 2 when a planned step may change data.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Plan);
    const workspace = await openWorkspace(this.config, flags.spec, false, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const source = factsSource(flags);
    if (!source.ok) return this.fail(source.findings, EXIT.invalid);
    const planned = await planBackup(workspace.value, requestOf(flags), {
      files: flags.files,
      given: source.value?.(workspace.value.spec),
      version: this.config.version,
    });
    const { plan, facts, remarks } = planned;
    this.output.remarks(remarks);
    if (flags.out !== undefined) {
      const written = writePlanFile(flags.out, encodePlan(plan));
      if (!written.ok) return this.fail(written.findings, EXIT.failed);
    }
    const code = codeOfPlan({ spec: workspace.value.spec, plan, facts, remarks }, flags);
    if (this.output.json) this.output.document(plan);
    else if (flags.format === 'sh') return this.#script(plan, code);
    else this.output.text(formatPlan(plan, flags.format, flags, this.output.style()));
    return code;
  }

  async #script(plan: PlanDocument, code: ExitCode): Promise<ExitCode> {
    const script = await scriptOf(plan, code === EXIT.changes ? EXIT.done : code);
    if (!script.ok) return this.fail(script.findings, EXIT.failed);
    this.output.text(script.value);
    return code;
  }
}

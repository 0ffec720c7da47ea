import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { verdictsText } from '../reporters/human/verdicts.ts';
import { BaseCommand } from './base.ts';
import { runExitCodes } from './exit-codes.ts';
import { planBackup } from './pipeline/backup-plan.ts';
import { canAsk } from './pipeline/confirm.ts';
import { planningFlags, requestOf, runningFlags, waitMs, yesFlag } from './pipeline/flags.ts';
import { proposeAndRun } from './pipeline/propose.ts';
import { loadPlan, verifyPlan } from './pipeline/saved-plan.ts';
import { openWorkspace } from './pipeline/workspace.ts';
import { UsageError } from './usage-error.ts';

export default class Apply extends BaseCommand {
  static override summary = 'Show the plan, ask, and run it.';
  static override description =
    'With PLAN_FILE it runs exactly that plan, once, or refuses when something that the plan relied on has changed. What is on a drive that is not here is skipped.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --only documents --yes',
    '<%= config.bin %> <%= command.id %> monday.plan',
  ];
  static override exitCodes = runExitCodes(
    'failed',
    'refused',
    'absent',
    'invalid',
    'locked',
    'interrupted',
    'terminated',
  );
  static override args = { plan: Args.string({ name: 'PLAN_FILE', description: 'A plan that plan --out wrote.' }) };
  static override flags = {
    ...planningFlags,
    ...runningFlags,
    yes: yesFlag,
    files: Flags.boolean<boolean | undefined>({
      allowNo: true,
      summary: 'Preview each file first; the default when it asks.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(Apply);
    const saved = args.plan === undefined ? null : loadPlan(args.plan);
    if (saved?.ok === false) return this.fail(saved.findings, EXIT.invalid);
    const selects = (flags.only ?? flags.exclude) !== undefined;
    const otherDrives = !flags.mount || flags['keep-mounted'];
    const others = otherDrives || !flags.prune || flags['ignore-conditions'] || flags['allow-destructive'];
    if (saved !== null && (selects || others)) {
      const drives = '--no-mount, --keep-mounted';
      const all = `--only, --exclude, --no-prune, ${drives}, --ignore-conditions and --allow-destructive`;
      throw new UsageError('A saved plan is run as it is.', `Leave out ${all}, or plan anew with them.`);
    }
    const workspace = await openWorkspace(this.config, flags.spec ?? saved?.value.spec.path, true, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const command = ['nbkp', 'apply', ...this.argv];
    if (saved !== null) {
      const { verdicts, planned } = await verifyPlan(workspace.value, saved.value, this.config.version);
      this.output.aside(verdictsText(verdicts, this.output.asideStyle()));
      if (!planned.ok) return this.fail(planned.findings, EXIT.refused);
      return proposeAndRun(this.output, workspace.value, planned.value, { flags, command });
    }
    const files = flags.files ?? (!flags.yes && canAsk());
    const planned = await planBackup(workspace.value, requestOf(flags), {
      files,
      require: flags.require,
      wait: { ms: waitMs(flags.wait), output: this.output },
      version: this.config.version,
    });
    return proposeAndRun(this.output, workspace.value, planned, { flags: { ...flags, files }, command });
  }
}

import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { verdictsText } from '../reporters/human/verdicts.ts';
import { runExitCodes } from './exit-codes.ts';
import { canAsk } from './pipeline/confirm.ts';
import { allFlag, planningFlags, runningFlags, yesFlag } from './pipeline/flags.ts';
import { loadPlan, verifyPlan } from '../api/saved-plan.ts';
import { thisUser } from './pipeline/this-user.ts';
import { UsageError } from '../api/usage-error.ts';
import { SpecCommand } from './spec-command.ts';

export default class Apply extends SpecCommand {
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
    { refused: 'refused: the plan is stale, a guard tripped, or nobody confirmed' },
    'absent',
    { invalid: 'the spec or the plan file is invalid' },
    'locked',
  );
  static override args = { plan: Args.string({ name: 'PLAN_FILE', description: 'A plan that plan --out wrote.' }) };
  static override flags = {
    ...planningFlags,
    ...runningFlags,
    yes: yesFlag,
    all: allFlag,
    files: Flags.boolean<boolean | undefined>({
      allowNo: true,
      summary: 'Preview each file first; the default when it asks.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(Apply);
    const saved = args.plan === undefined ? null : this.need(loadPlan(args.plan, thisUser()), EXIT.invalid);
    const selects = (flags.only ?? flags.exclude) !== undefined;
    const otherDrives = !flags.mount || flags['keep-mounted'];
    const others = otherDrives || !flags.prune || flags['ignore-conditions'] || flags['allow-destructive'];
    if (saved !== null && (selects || others)) {
      const drives = '--no-mount, --keep-mounted';
      const all = `--only, --exclude, --no-prune, ${drives}, --ignore-conditions and --allow-destructive`;
      throw new UsageError('A saved plan is run as it is.', `Leave out ${all}, or plan anew with them.`);
    }
    // A file names its spec, and nobody has: it is trusted no more than one that was found.
    const spec = flags.spec ?? (saved === null ? undefined : { path: saved.spec.path, found: true });
    return this.withSpec({ ...flags, spec }, 'run', async (workspace) => {
      if (saved !== null) {
        const { verdicts, planned } = await verifyPlan(workspace, saved);
        this.output.aside(verdictsText(verdicts, this.output.asideStyle()));
        return this.propose(workspace, this.need(planned, EXIT.refused), flags);
      }
      const files = flags.files ?? (!flags.yes && canAsk());
      const planned = await this.planned(workspace, flags, { files });
      return this.propose(workspace, planned, { ...flags, files });
    });
  }
}

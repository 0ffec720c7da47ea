import { preparing, toPrepare } from '../api/plan-prepare.ts';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { combine, EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { specFlag } from './base.ts';
import { specExitCodes } from './exit-codes.ts';
import type { Finding } from '../planner/model/finding.ts';
import { askForEachVolume } from './pipeline/confirm.ts';
import { allFlag, reachFlags, yesFlag } from './pipeline/flags.ts';
import type { Consent } from './pipeline/propose.ts';
import { SpecCommand } from './spec-command.ts';
import { UsageError } from '../api/usage-error.ts';
import { forgetMounts } from '../api/forget-mounts.ts';

export default class Prepare extends SpecCommand {
  static override strict = false;
  static override summary = 'Make volumes ready for their first sync: sentinels, directories, subvolumes.';
  static override description =
    'The only command that creates sentinels. They say that a folder is really the one meant, so it asks about each volume and names its device. A volume that you decline is left as it is (exit code 3), the others are prepared.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> usb --yes'];
  static override exitCodes = specExitCodes({ done: 'done, or nothing to do' }, 'failed', {
    refused: 'refused, or a volume was declined',
    absent: 'a volume that was named is not here',
  });
  static override args = {
    volumes: Args.string({ name: 'VOLUME', description: 'Only these volumes; all that syncs use without it.' }),
  };
  static override flags = {
    spec: specFlag,
    ...reachFlags,
    yes: yesFlag,
    all: allFlag,
    here: Flags.boolean({
      summary: 'Mark the folder also where it looks like the bare mountpoint of a drive that is not there.',
    }),
    'take-over': Flags.boolean({
      summary: 'Make destinations that hold the backup of another source those of the sources in the spec.',
    }),
    'upgrade-options': Flags.string({
      summary:
        'Let the copy of this sync keep all that both ends can hold, from the next run on; say first what that copies once.',
      helpValue: 'SYNC',
      multiple: true,
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, argv } = await this.parse(Prepare);
    return this.withSpec(flags, 'run', async (workspace) => {
      const upgrades = flags['upgrade-options'] ?? [];
      const volumes = toPrepare(workspace.spec, argv.map(String), upgrades);
      if (flags.here && argv.length === 0) {
        throw new UsageError('--here is about one folder.', 'Name its volume: nbkp prepare VOLUME --here');
      }
      const { facts, remarks, planFor } = await preparing(workspace, volumes, {
        here: flags.here,
        takeOver: flags['take-over'],
        upgradeOptions: upgrades,
        doing: (what) => this.output.doing(what),
      });
      this.output.remarks(remarks);
      const plan = planFor(volumes.map((volume) => volume.name));
      const declined: Finding[] = [];
      const consent: Consent = async () => {
        const agreed = await askForEachVolume(this.output, plan, planFor);
        declined.push(...agreed.findings);
        return agreed;
      };
      const planned = { plan, facts, remarks: [] };
      const code = await this.propose(workspace, planned, flags, consent);
      const absent = volumes.some((volume) =>
        plan.findings.some(
          // What is said of a sync is no reason to leave its volume as it is.
          (finding) => finding.volume === volume.name && finding.severity === 'info' && finding.sync === undefined,
        ),
      );
      if (flags.here && code === EXIT.done) this.output.remarks(forgetMounts(workspace.state, workspace.spec, volumes));
      return combine([code, absent ? EXIT.absent : EXIT.done, declined.length > 0 ? EXIT.refused : EXIT.done]);
    });
  }
}

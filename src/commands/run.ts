import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { waitsForPower } from '../planner/model/findings/presence.ts';
import { LOCAL_HOST } from '../planner/model/spec.ts';
import { runExitCodes } from './exit-codes.ts';
import { carryOut } from './pipeline/carry-out.ts';
import { planningFlags, runningFlags } from './pipeline/flags.ts';
import { codeOfPlan } from '../api/plan-code.ts';
import type { Workspace } from '../api/workspace.ts';
import { SpecCommand } from './spec-command.ts';

export default class Run extends SpecCommand {
  static override summary = 'Plan and apply without asking: what a timer calls.';
  static override description =
    'What is absent is skipped, guards refuse what looks like a mistake, and everything else is backed up.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --wait 10m --json',
  ];
  static override exitCodes = runExitCodes('failed', { refused: 'refused: a guard tripped' }, 'absent', {
    locked: "another run holds a destination's lock; the other syncs ran. With --only-on-power: on battery",
  });
  static override flags = {
    ...planningFlags,
    ...runningFlags,
    'only-on-power': Flags.boolean({
      exclusive: ['ignore-conditions'],
      summary: 'On battery, run nothing and end with exit code 75, so that a timer tries again.',
    }),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Only plan, as the command plan does.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Run);
    const dry = flags['dry-run'];
    return this.withSpec(flags, dry ? 'look' : 'run', async (workspace) => {
      if (flags['only-on-power'] && (await isOnBattery(workspace))) return this.fail([waitsForPower()], EXIT.locked);
      const planned = await this.planned(workspace, dry ? { ...flags, wait: undefined } : flags);
      const { strict, require } = flags;
      if (dry) return this.showPlanned(workspace, planned, { strict, require });
      const unproved = planned.plan.findings.filter(({ code }) => code === 'system-unproved');
      this.output.remarks([...planned.remarks, ...unproved]);
      const planCode = codeOfPlan({ spec: workspace.spec, ...planned }, { ...flags, runs: true });
      return carryOut(this.output, workspace, planned, { flags, planCode, command: this.typed });
    });
  }
}

async function isOnBattery({ world }: Workspace): Promise<boolean> {
  const hosts = { [LOCAL_HOST]: { volumes: [], endpoints: [], conditions: true } };
  const machine = (await world.observe({ syncs: [], hosts, filterFiles: [] })).hosts[LOCAL_HOST];
  return machine?.reachable === true && machine.conditions?.onBattery === true;
}

import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { DAYS, simulated } from '../../api/simulate.ts';
import { namedSync, namedSyncs } from '../../api/named.ts';
import { requestOf } from '../../api/request.ts';
import { UsageError } from '../../api/usage-error.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { simulationText } from '../../reporters/human/simulation.ts';
import { specFlag } from '../base.ts';
import { specExitCodes } from '../exit-codes.ts';
import { lookUse, openFlag, reachFlags } from '../pipeline/flags.ts';
import { SpecCommand } from '../spec-command.ts';

const UNITS: Readonly<Record<string, number>> = { d: 1, w: 7, y: DAYS };

export default class SnapshotsSimulate extends SpecCommand {
  static override summary = 'Show how many snapshots there will be, day by day, and the room they take.';
  static override description =
    'Goes on as it went: a snapshot as often as the last ten were made, each as large as what the last ten runs copied (the median; not known before three runs). With --keep other rules are tried; nothing is changed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> documents --for 2y --keep daily=7,weekly=4',
    '<%= config.bin %> <%= command.id %> documents --keep within=90d --json',
  ];
  static override exitCodes = specExitCodes();
  static override args = { sync: Args.string({ name: 'SYNC', description: 'Which sync; all without it.' }) };
  static override flags = {
    spec: specFlag,
    ...reachFlags,
    ...openFlag,
    for: Flags.string({ default: '1y', helpValue: 'DURATION', summary: 'So long, at most 10y: 90d, 8w, 2y.' }),
    keep: Flags.string({
      multiple: true,
      helpValue: 'RULES',
      summary: 'Try these rules in place of those of the spec: last=3,daily=7,within=14d; or all.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args, flags } = await this.parse(SnapshotsSimulate);
    const days = daysOf(flags.for);
    const wanted = { days, keep: flags.keep?.join(',') };
    return this.withSpec(flags, lookUse(flags), (workspace) => {
      const only = args.sync === undefined ? [] : [withSnapshots(workspace.spec, args.sync)];
      const syncs = namedSyncs(workspace.spec, requestOf({ only }));
      return this.withOpenDrives(workspace, { ...flags, syncs }, async () => {
        const planned = await this.planned(workspace, { ...flags, only, mount: false }, { purpose: 'prune' });
        const document = simulated(workspace, planned, wanted);
        const found = this.need(document, EXIT.usage);
        this.output.remarks(document.findings);
        this.output.answer(found, simulationText);
        return EXIT.done;
      });
    });
  }
}

/** @throws UsageError */
function daysOf(text: string): number {
  const [, count, unit = ''] = /^(\d{1,4})([dwy])$/.exec(text) ?? [];
  const days = Number(count) * (UNITS[unit] ?? 0);
  if (days >= 1 && days <= 10 * DAYS) return days;
  throw new UsageError(`--for ${text} is not a duration of at most ten years.`, 'Write 90d, 8w or 2y.');
}

/** @throws UsageError */
function withSnapshots(spec: Spec, name: string): string {
  const sync = namedSync(spec, name);
  if (sync.snapshots.mode === 'none') throw new UsageError(`${name} makes no snapshots.`);
  return sync.name;
}

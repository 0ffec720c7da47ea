import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { Interruption } from '../executors/run/interruption.ts';
import type { Spec, Sync } from '../planner/model/spec.ts';
import type { VerifyCounts } from '../planner/model/verification.ts';
import { splitCopy } from '../planner/model/copy-name.ts';
import { combine, EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { verified } from '../api/verify.ts';
import { verifyProgressText, verifyText } from '../reporters/human/verify.ts';
import { specFlag } from './base.ts';
import { specExitCodes, NO_SNAPSHOTS_HERE } from './exit-codes.ts';
import { lookUse, openFlag, reachFlags } from './pipeline/flags.ts';
import { namedSync } from '../api/named.ts';
import { type Workspace } from '../api/workspace.ts';
import { SpecCommand } from './spec-command.ts';

export default class Verify extends SpecCommand {
  static override summary = 'Read copies and find files that are no longer what was copied.';
  static override description =
    'Each file is compared with the checksum that was recorded when it was copied, and without one with the source. Interrupted, it goes on from there the next time. It only reads.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> documents@2026-03-06',
    '<%= config.bin %> <%= command.id %> --sample 5',
  ];
  static override exitCodes = specExitCodes({
    failed: 'a file is no longer what was copied, or cannot be read',
    absent: NO_SNAPSHOTS_HERE,
  });
  static override args = {
    sync: Args.string({
      name: 'SYNC[@SNAPSHOT]',
      description: 'Which sync, default all; which snapshot as for nbkp restore, default the latest.',
    }),
  };
  static override flags = {
    spec: specFlag,
    ...reachFlags,
    ...openFlag,
    sample: Flags.integer({
      min: 1,
      max: 100,
      default: 100,
      helpValue: 'PERCENT',
      summary: 'Verify so many of the files; the next time others, until all had their turn.',
    }),
    restart: Flags.boolean({ summary: 'Begin anew, whatever an interruption left to do.' }),
    'against-source': Flags.boolean({ summary: 'Compare with the source even what is recorded.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args, flags } = await this.parse(Verify);
    const wanted = args.sync === undefined ? null : splitCopy(args.sync);
    return this.withSpec(flags, lookUse(flags), (workspace) => {
      const { spec } = workspace;
      const syncs = wanted === null ? enabledSyncs(spec) : [namedSync(spec, wanted.sync)];
      return this.withOpenDrives(workspace, { ...flags, syncs }, () => this.#verify(workspace, syncs, wanted, flags));
    });
  }

  async #verify(
    workspace: Workspace,
    syncs: readonly Sync[],
    wanted: ReturnType<typeof splitCopy> | null,
    flags: { sample: number; restart: boolean; 'against-source': boolean },
  ): Promise<ExitCode> {
    const interruption = new Interruption();
    const stopListening = interruption.listen();
    const document = await verified(workspace, syncs, {
      ...{ sample: flags.sample, restart: flags.restart, againstSource: flags['against-source'] },
      ...{ snapshot: wanted?.snapshot ?? null, signal: interruption.gentle },
      progress: (sync, counts) => this.#progress(sync, counts),
    });
    stopListening();
    this.output.answer(document, verifyText);
    return combine([
      interruption.exitCode ?? EXIT.done,
      document.ok ? EXIT.done : EXIT.failed,
      wanted !== null && document.syncs.some(({ state }) => state === 'absent') ? EXIT.absent : EXIT.done,
    ]);
  }

  /** Only where somebody watches. */
  #progress(sync: Sync, counts: VerifyCounts): void {
    if (process.stderr.isTTY) this.output.aside(verifyProgressText(sync.name, counts));
  }
}

function enabledSyncs({ syncs }: Spec): Sync[] {
  return Object.values(syncs).filter(({ enabled }) => enabled);
}

import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { splitCopy } from '../planner/model/copy-name.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { type Sync } from '../planner/model/spec.ts';
import { listed } from '../api/list.ts';
import { listText } from '../reporters/human/ls.ts';
import { specFlag } from './base.ts';
import { codeOfAbsence, specExitCodes, NO_SNAPSHOTS_HERE } from './exit-codes.ts';
import { lookUse, openFlag, plainLocationFlag, reachFlags } from './pipeline/flags.ts';
import { namedSync } from '../api/named.ts';
import { type Workspace } from '../api/workspace.ts';
import { SpecCommand } from './spec-command.ts';

interface Wanted {
  snapshot: string | null;
  path: string | undefined;
  long: boolean;
}

export default class Ls extends SpecCommand {
  static override summary = 'List a folder of a snapshot.';
  static override description =
    'Only lists: nothing is read or changed. Bytes that cannot be shown are written as \\#012, and names can be given so, too.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> documents',
    '<%= config.bin %> <%= command.id %> documents@yesterday Letters --long',
    '<%= config.bin %> <%= command.id %> documents@2026-03-06 ~/Documents/Letters --json',
  ];
  static override exitCodes = specExitCodes({
    failed: 'the path is not there, or cannot be read',
    absent: NO_SNAPSHOTS_HERE,
  });
  static override args = {
    sync: Args.string({
      name: 'SYNC[@SNAPSHOT]',
      required: true,
      description: 'Which sync, and which snapshot of it, as for nbkp restore; default the latest.',
    }),
    path: Args.string({
      name: 'PATH',
      description: 'Which folder or file: relative to the snapshot, or its full path in the source.',
    }),
  };
  static override flags = {
    spec: specFlag,
    ...reachFlags,
    location: plainLocationFlag,
    ...openFlag,
    long: Flags.boolean({ char: 'l', summary: 'Modes and owners too.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args, flags } = await this.parse(Ls);
    const wanted = splitCopy(args.sync);
    return this.withSpec(flags, lookUse(flags), (workspace) => {
      const sync = namedSync(workspace.spec, wanted.sync);
      const list = (): Promise<ExitCode> => this.#list(workspace, sync, { ...flags, ...wanted, path: args.path });
      return this.withOpenDrives(workspace, { ...flags, syncs: [sync] }, list);
    });
  }

  async #list(workspace: Workspace, sync: Sync, wanted: Wanted): Promise<ExitCode> {
    const document = this.need(await listed(workspace, sync, wanted), codeOfAbsence);
    this.output.answerExactly(document, listText(document, this.output.style(), wanted));
    return EXIT.done;
  }
}

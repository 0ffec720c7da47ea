import * as Args from '@oclif/core/args';
import { volumesDocument } from '../../planner/documents/status.ts';
import { volumeNamed, type Spec, type Volume } from '../../planner/model/spec.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { volumesText } from '../../reporters/human/volumes.ts';
import { specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { namedDrives, seenDrives } from '../pipeline/drives-by-hand.ts';
import { reachFlags } from '../pipeline/flags.ts';
import { SpecCommand } from '../spec-command.ts';

export default class VolumesList extends SpecCommand {
  static override strict = false;
  static override summary = 'List drives and provided volumes: what is here, open and mounted, and by whom.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override exitCodes = exitCodes('invalid');
  static override args = { volumes: Args.string({ name: 'VOLUME', description: 'Only these.' }) };
  static override flags = { spec: specFlag, ...reachFlags };

  protected override async execute(): Promise<ExitCode> {
    const { flags, argv } = await this.parse(VolumesList);
    return this.withSpec(flags, 'look', async (workspace) => {
      const { spec } = workspace;
      const names = argv.length === 0 ? undefined : argv.map(String);
      const volumes = listed(spec, names);
      const document = volumesDocument(spec, await seenDrives(workspace, volumes), volumes, names);
      this.output.answer(document, volumesText);
      return EXIT.done;
    });
  }
}

/** The drives that are wanted, and what volumes that executors provide lie on. */
function listed(spec: Spec, names: readonly string[] | undefined): Volume[] {
  const provided = Object.values(spec.provided ?? {}).filter(({ name }) => names?.includes(name) !== false);
  const others = names?.filter((name) => spec.provided?.[name] === undefined);
  const drives = others?.length === 0 ? [] : namedDrives(spec, others ?? []);
  const below = provided.map(({ name, on }) => volumeNamed(spec, on?.volume ?? name));
  return [...new Set([...drives, ...below])];
}

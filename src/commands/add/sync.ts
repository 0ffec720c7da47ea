import { homedir, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { UsageError } from '../../api/usage-error.ts';
import { requestOf } from '../../api/request.ts';
import { observeWorld, planInput, workspaceOf } from '../../api/workspace.ts';
import { withHome } from '../../hosts/home.ts';
import { questionsFor } from '../../planner/facts/questions.ts';
import { driverOf } from '../../planner/file-systems/of.ts';
import { typedEnd } from '../../planner/add/ends.ts';
import type { Entry } from '../../planner/add/entry.ts';
import { asPrepared } from '../../planner/init/as-prepared.ts';
import { nameFrom } from '../../planner/init/destinations.ts';
import type { Saving } from '../../planner/init/excludes.ts';
import { syncSection } from '../../planner/init/first-spec.ts';
import { isRefused, snapshotsFor } from '../../planner/init/of-one-moment.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { pointer } from '../../planner/model/pointer.ts';
import { endpointKey, LOCAL_HOST, type Endpoint, type Spec } from '../../planner/model/spec.ts';
import { buildPlan } from '../../planner/purposes/backup.ts';
import { formatBytes } from '../../reporters/text/numbers.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { chooseExcludes } from '../pipeline/chosen-destination.ts';
import { edited, openForEdit, cannotConfirm, writeEdited, type EditedSpec } from '../pipeline/edit-spec.ts';
import { yesFlag } from '../pipeline/flags.ts';
import { refuseTaken } from './volume.ts';

export default class AddSync extends BaseCommand {
  static override summary = 'Put a sync into the spec: what is copied, and where to.';
  static override description =
    'Shows the lines that are put in, and asks. What is in the spec stays as it is, with its comments. Nothing but the spec is written: prepare marks the folders, apply copies.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --source ~/Pictures --to usb',
    '<%= config.bin %> <%= command.id %> photos --source laptop:Pictures --to usb:backups/photos --yes',
  ];
  static override exitCodes = exitCodes(
    {
      refused: 'refused: nobody confirmed, the spec cannot be written, or it was changed meanwhile',
      invalid: 'the spec is invalid, or would be; nothing was written',
    },
    'interrupted',
  );
  static override args = {
    name: Args.string({ name: 'NAME', description: 'What it is called. Without it: as the folder that is copied.' }),
  };
  static override flags = {
    spec: specFlag,
    source: Flags.string({
      required: true,
      helpValue: 'WHAT',
      summary: 'What is copied: VOLUME, VOLUME:FOLDER, or a folder of this machine that is in a volume.',
    }),
    to: Flags.string({
      required: true,
      helpValue: 'WHERE',
      summary: 'Where to: VOLUME:FOLDER, a folder, or VOLUME alone for backups/MACHINE/NAME there.',
    }),
    excludes: Flags.boolean({
      allowNo: true,
      summary:
        'Leave out what can be made again, such as caches. Without it it asks, and with --yes leaves nothing out.',
    }),
    yes: yesFlag,
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(AddSync);
    const nobody = cannotConfirm(flags.yes);
    if (nobody !== null) return this.fail([nobody], EXIT.refused);
    if (!flags.yes) this.output.speak();
    const before = this.need(await openForEdit(this.around, flags.spec), EXIT.invalid);
    const { spec } = before;
    refuseTaken(args.name, 'sync', Object.keys(spec.syncs));
    const source = endOf(spec, flags.source);
    const folder = source.subdir.split('/').at(-1) ?? '';
    const name =
      args.name ?? nameFrom(folder === '' ? source.volume : folder, 'sync', new Set(Object.keys(spec.syncs)));
    const to = endOf(spec, flags.to);
    const whole = to.subdir === '' && !/^[~./]/.test(flags.to);
    const own = ['backups', nameFrom(hostname(), 'machine'), name].join('/');
    const destination = whole ? { volume: to.volume, subdir: own } : to;
    const asks = { wanted: flags.excludes, asks: !flags.yes };
    const here = folderHere(spec, source);
    const excludes = here === null ? [] : await chooseExcludes(this.output, here, asks);
    const after = await this.#withSync(before, { name, source, destination, excludes });
    const volumes = [...new Set([source.volume, destination.volume])];
    const next = [
      [['nbkp', 'prepare', ...volumes], 'marks these folders with a small file each; asks'],
      [['nbkp', 'apply', '--only', name], 'copies for the first time; asks'],
    ] as const;
    return writeEdited(this.output, [before, after], { added: { kind: 'sync', name }, next }, flags.yes);
  }

  /** Snapshots are those that its destination says, or else those that fit what is there. */
  async #withSync(before: EditedSpec, { name, source, destination, excludes }: NewSync): Promise<EditedSpec> {
    const ends = { source: textOf(source), destination: textOf(destination) };
    const entry = (options: Parameters<typeof syncSection>[1]): Entry[] => [
      { section: 'syncs', name, entry: syncSection(ends, options, formatBytes) },
    ];
    const read = async (entries: Entry[]): Promise<EditedSpec> =>
      this.need(await edited(this.around, before, entries), EXIT.invalid);
    const plain = await read(entry({ mode: 'hard-link', excludes }));
    const mode = plain.spec.syncs[name]?.snapshots.mode ?? 'none';
    this.output.doing(`looking at ${destination.volume}`);
    const workspace = workspaceOf(this.around, plain);
    const facts = await workspace.world.observe(questionsFor(plain.spec, [name]));
    const mount = facts.volumes[destination.volume]?.directory?.mount ?? null;
    const isSaid = plain.spec.positions[pointer('volumes', destination.volume, 'snapshots')] !== undefined;
    const own = isSaid ? {} : { own: mount === null ? null : driverOf(mount) };
    const ofOneMoment = snapshotsFor(facts.endpoints[endpointKey(source)]?.directory ?? null);
    if (ofOneMoment === null) return read(entry({ mode, excludes, ...own }));
    const proposed = await read(entry({ mode, excludes, ...own, ofOneMoment }));
    return (await this.#isRefused(proposed, name)) ? read(entry({ mode, excludes, ...own })) : proposed;
  }

  async #isRefused({ spec, ...others }: EditedSpec, name: string): Promise<boolean> {
    const workspace = workspaceOf(this.around, { spec, ...others });
    const { facts } = await observeWorld(workspace, undefined);
    const syncs = Object.values(spec.syncs).filter((sync) => sync.name === name);
    const plan = buildPlan(planInput(workspace, asPrepared(spec, facts), requestOf({})), syncs);
    return isRefused(plan);
  }
}

interface NewSync {
  name: string;
  source: Endpoint;
  destination: Endpoint;
  excludes: readonly Saving[];
}

function endOf(spec: Spec, typed: string): Endpoint {
  const end = typedEnd(spec, typed, (path) => resolve(withHome(path)));
  if ('endpoint' in end) return end.endpoint;
  throw new UsageError(end.problem, end.help);
}

function textOf({ volume, subdir }: Endpoint): string {
  return subdir === '' ? volume : `${volume}:${subdir}`;
}

/** What can be measured before it is copied. */
function folderHere({ volumes }: Spec, { volume, subdir }: Endpoint): { absolute: string; isHome: boolean } | null {
  const found = volumes[volume];
  if (found === undefined || found.host !== LOCAL_HOST || found.path === null) return null;
  const absolute = join(withHome(found.path), subdir);
  return { absolute, isHome: absolute === homedir() };
}

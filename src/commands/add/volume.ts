import { basename } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { UsageError } from '../../api/usage-error.ts';
import { withHome } from '../../hosts/home.ts';
import { localTransport } from '../../hosts/transport/local.ts';
import type { Entry } from '../../planner/add/entry.ts';
import { nameFrom, type Destination } from '../../planner/init/destinations.ts';
import { destinationVolume } from '../../planner/init/first-spec.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { success, type Result } from '../../planner/model/result.ts';
import { LOCAL_HOST, type Spec } from '../../planner/model/spec.ts';
import { formatBytes } from '../../reporters/text/numbers.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { chooseDestination } from '../pipeline/chosen-destination.ts';
import { edited, openForEdit, cannotConfirm, writeEdited } from '../pipeline/edit-spec.ts';
import { discover } from '../pipeline/discovery.ts';
import { yesFlag } from '../pipeline/flags.ts';

/** Whoever adds a volume may want to read from it, or to go on with what is there. */
const NO_HINDRANCE: readonly string[] = ['volume-not-writable', 'destination-used'];

export default class AddVolume extends BaseCommand {
  static override summary = 'Put a volume into the spec: a drive, a folder, or a folder on a server.';
  static override description =
    'Shows the lines that are put in, and asks. What is in the spec stays as it is, with its comments. Nothing but the spec is written: prepare marks the volume.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> /media/ada/Backup --name usb',
    '<%= config.bin %> <%= command.id %> pi:/srv/backups --yes',
  ];
  static override exitCodes = exitCodes(
    {
      refused: 'refused: nobody confirmed, the spec cannot be written, or it was changed meanwhile',
      absent: 'the drive, server or folder is not there',
      invalid: 'the spec is invalid, or would be; nothing was written',
    },
    'interrupted',
  );
  static override args = {
    where: Args.string({
      name: 'WHERE',
      description:
        'The label, UUID or device of a drive, a folder, or a host of the spec or ~/.ssh/config (HOST:FOLDER for a folder there). Without it, what is here is listed.',
    }),
  };
  static override flags = {
    spec: specFlag,
    name: Flags.string({ helpValue: 'NAME', summary: 'What it is called in the spec. Without it: as what is there.' }),
    yes: yesFlag,
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(AddVolume);
    const nobody = cannotConfirm(flags.yes);
    if (nobody !== null) return this.fail([nobody], EXIT.refused);
    if (!flags.yes) this.output.speak();
    if (flags.yes && args.where === undefined) {
      throw new UsageError('Which volume?', 'Name it: nbkp add volume DRIVE|FOLDER|HOST:FOLDER --yes');
    }
    const before = this.need(await openForEdit(this.around, flags.spec), EXIT.invalid);
    const { volumes, ssh } = before.spec;
    refuseTaken(flags.name, 'volume', Object.keys(volumes));
    const destination =
      onKnownServer(before.spec, args.where, flags.name) ?? (await this.#look(before.spec, args.where, flags.name));
    const name = flags.name ?? ownName(destination, Object.keys(volumes));
    const after = this.need(await edited(this.around, before, entriesOf(destination, name, ssh)), EXIT.invalid);
    const folder = destination.within === '' ? name : `${name}:${destination.within}`;
    const added = { kind: 'volume', name } as const;
    const next = [
      [['nbkp', 'prepare', name], 'marks it with a small file; asks'],
      [['nbkp', 'add', 'sync', '--source', 'FOLDER', '--to', folder], 'says what is copied there'],
    ] as const;
    return writeEdited(this.output, [before, after], { added, next }, flags.yes);
  }

  /** What is here of that name, or what somebody chooses. */
  async #look(spec: Spec, where: string | undefined, name: string | undefined): Promise<Destination> {
    const names = [...Object.keys(spec.volumes), ...Object.keys(spec.ssh)];
    this.output.doing('looking for drives and servers');
    const named = async (to: string | undefined): Promise<Result<Destination[]>> => {
      const found = await discover({ source: '~', to, into: undefined }, localTransport(), this.around, names);
      if (!found.ok) return found;
      const free = found.value.destinations.map((each) =>
        NO_HINDRANCE.includes(each.problem?.code ?? '') ? { ...each, problem: null } : each,
      );
      return success(free);
    };
    const destinations = this.need(await named(where), EXIT.invalid);
    const chosen = await chooseDestination(this.output, destinations, where, { question: 'Which one?', named });
    const destination = this.need(chosen, absentOr);
    const uuid = destination.volume.mount?.['device-uuid'].toLowerCase();
    // Whoever names it means a second one.
    const folder = destination.kind === 'folder' && name === undefined ? destination.volume.path : undefined;
    const known = Object.values(spec.volumes).find(({ mount, host, path }) =>
      uuid === undefined
        ? folder !== undefined && host === LOCAL_HOST && path !== null && withHome(path) === folder
        : mount?.deviceUuid.toLowerCase() === uuid,
    );
    if (known === undefined) return destination;
    const what = uuid === undefined ? 'folder' : 'drive';
    throw new UsageError(
      `This ${what} is in the spec already: it is the volume ${known.name}.`,
      `Add what is copied there: nbkp add sync --source FOLDER --to ${known.name}`,
    );
  }
}

/** A folder is called as its last part, whatever it is on. */
function ownName({ kind, name, title }: Destination, taken: readonly string[]): string {
  return kind === 'folder' ? nameFrom(basename(title), 'folder', new Set(taken)) : name;
}

/** A name that was typed and is taken. */
export function refuseTaken(name: string | undefined, kind: 'volume' | 'sync', taken: readonly string[]): void {
  if (name === undefined) return;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new UsageError(
      `${JSON.stringify(name)} is no name for a ${kind}.`,
      'A name has lower-case letters and digits, with single hyphens between them.',
    );
  }
  if (!taken.includes(name)) return;
  throw new UsageError(`The spec has a ${kind} ${name} already.`, `Another name than these: ${taken.join(', ')}`);
}

/** A folder on a server that the spec knows how to reach. */
function onKnownServer(
  { ssh, volumes }: Spec,
  where: string | undefined,
  wanted: string | undefined,
): Destination | null {
  const [, endpoint = '', path = '~'] = /^([^:/]+)(?::([~/].*))?$/.exec(where ?? '') ?? [];
  if (ssh[endpoint] === undefined) return null;
  const name = wanted ?? nameFrom(endpoint, 'server', new Set(Object.keys(volumes)));
  return {
    ...{ name, words: [], kind: 'server', title: endpoint, where: `ssh ${endpoint}`, within: '', subdir: '' },
    ...{ bytes: null, freeBytes: null, fsType: null, volume: { ssh: endpoint, path }, ssh: null },
    ...{ removable: false, encrypted: false, prepared: false, problem: null },
  };
}

function entriesOf(destination: Destination, name: string, ssh: Spec['ssh']): Entry[] {
  const endpoint = destination.ssh;
  // A folder of this machine is as often copied from as to.
  const entry = destinationVolume(destination, formatBytes, destination.kind !== 'folder');
  const volume: Entry = { section: 'volumes', name, entry };
  if (endpoint === null) return [volume];
  const known = Object.entries(ssh).find(([, { host }]) => host === endpoint.host)?.[0];
  if (known !== undefined) return [withSsh(volume, known)];
  const reach = nameFrom(name, 'server', new Set(Object.keys(ssh)));
  const server: Entry = { section: 'ssh', name: reach, entry: { written: endpoint, comment: [] } };
  return [server, withSsh(volume, reach)];
}

function withSsh(volume: Entry, ssh: string): Entry {
  return { ...volume, entry: { ...volume.entry, written: { ...volume.entry.written, ssh } } };
}

function absentOr(findings: readonly Finding[]): ExitCode {
  const absent = ['no-destination-found', 'destination-missing', 'host-unreachable'];
  return findings.some(({ code }) => absent.includes(code)) ? EXIT.absent : EXIT.refused;
}

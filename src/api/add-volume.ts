import { basename } from 'node:path';
import { withHome } from '../hosts/home.ts';
import type { Entry } from '../planner/add/entry.ts';
import { nameFrom, type Destination } from '../planner/init/destinations.ts';
import { destinationVolume } from '../planner/init/first-spec.ts';
import { success, type Result } from '../planner/model/result.ts';
import { LOCAL_HOST, type Spec } from '../planner/model/spec.ts';
import { formatBytes } from '../reporters/text/numbers.ts';
import { discover } from './discovery.ts';
import { edited, type EditedSpec } from './edit-spec.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/** Whoever adds a volume may want to read from it, or to go on with what is there. */
const NO_HINDRANCE: readonly string[] = ['volume-not-writable', 'destination-used'];

/** What could be a volume: what bears a name, or all that is plugged in. */
export async function volumesHere(
  around: Surroundings,
  { volumes, ssh }: Spec,
  to: string | undefined,
): Promise<Result<Destination[]>> {
  const names = [...Object.keys(volumes), ...Object.keys(ssh)];
  const found = await discover(around, { source: '~', to }, names);
  if (!found.ok) return found;
  return success(
    found.value.destinations.map((each) =>
      NO_HINDRANCE.includes(each.problem?.code ?? '') ? { ...each, problem: null } : each,
    ),
  );
}

/** A folder on a server that the spec knows how to reach; null for anything else. */
export function onKnownServer(
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

/**
 * @param name that was typed
 * @throws UsageError for what is a volume of the spec already
 */
export function refuseKnown(spec: Spec, destination: Destination, name: string | undefined): void {
  const uuid = destination.volume.mount?.['device-uuid'].toLowerCase();
  // Whoever names it means a second one.
  const folder = destination.kind === 'folder' && name === undefined ? destination.volume.path : undefined;
  const known = Object.values(spec.volumes).find(({ mount, host, path }) =>
    uuid === undefined
      ? folder !== undefined && host === LOCAL_HOST && path !== null && withHome(path) === folder
      : mount?.deviceUuid.toLowerCase() === uuid,
  );
  if (known === undefined) return;
  const what = uuid === undefined ? 'folder' : 'drive';
  throw new UsageError(
    `This ${what} is in the spec already: it is the volume ${known.name}.`,
    `Add what is copied there: nbkp add sync --source FOLDER --to ${known.name}`,
  );
}

/** The spec with a volume more, and with the server that it is on where that is new too. */
export function withVolume(
  around: Surroundings,
  before: EditedSpec,
  destination: Destination,
  name: string,
): Promise<Result<EditedSpec>> {
  return edited(around, before, entriesOf(destination, name, before.spec.ssh));
}

/** A folder is called as its last part, whatever it is on. */
export function ownName({ kind, name, title }: Destination, { volumes }: Spec): string {
  return kind === 'folder' ? nameFrom(basename(title), 'folder', new Set(Object.keys(volumes))) : name;
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

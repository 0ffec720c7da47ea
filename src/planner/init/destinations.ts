import { type Section, tomlOf } from '../import/toml.ts';
import { driverOf } from '../file-systems/of.ts';
import type { Finding } from '../model/finding.ts';
import type { Facts, VolumeFacts } from '../model/facts.ts';
import { endpointKey, endpointsOfHost } from '../model/spec.ts';
import type * as Written from '../spec/generated/spec.ts';
import { driveMountedAs, type DeviceNode, type FoundDrive } from './devices.ts';
import {
  destinationMissing,
  destinationUsed,
  placeNotWritable,
  serverDoesNotAnswer,
} from '../model/findings/first-spec.ts';

/** Where backups could go, and whether they can. */
export interface Destination {
  /** Its name in the spec that is asked about. */
  name: string;
  /** Words that name it on the command line. */
  words: string[];
  kind: 'drive' | 'folder' | 'server';
  /** For people: label, model, host. */
  title: string;
  /** For people, such as `/dev/sdb1` or a path. */
  where: string;
  bytes: number | null;
  freeBytes: number | null;
  fsType: string | null;
  volume: Written.Volume;
  ssh: Written.SshEndpoint | null;
  subdir: string;
  /** Where the folder that was named is in its volume; empty where it is the volume. */
  within: string;
  removable: boolean;
  encrypted: boolean;
  /** The volume's sentinel is there. */
  prepared: boolean;
  /** Why it cannot be used as it is. */
  problem: Finding | null;
}

/** What is asked about, before anything is known: a name in the spec for each drive, server and folder. */
export interface Candidate {
  name: string;
  volume: Written.Volume;
  ssh: Written.SshEndpoint | null;
  drive: FoundDrive | null;
  title: string;
}

/** A name that the spec allows, from whatever a drive or a host is called. */
export function nameFrom(text: string, fallback: string, taken: ReadonlySet<string> = new Set()): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  const base = plain.slice(0, 40).replace(/^-+|-+$/g, '') || fallback;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(name)) return name;
  }
}

/**
 * @param hosts as `Host` names them in the user's OpenSSH configuration, or `USER@HOST`
 * @param folder an absolute path that somebody named, or null
 * @param there the folder on servers; their home folders where none was named
 * @param names those that the spec has already, such as that of the volume that is backed up
 */
export function candidatesFor(
  {
    drives,
    hosts,
    folder,
    there = '~',
  }: { drives: readonly FoundDrive[]; hosts: readonly string[]; folder: string | null; there?: string },
  names: readonly string[],
): Candidate[] {
  const taken = new Set(names);
  const named = (text: string, fallback: string): string => {
    const name = nameFrom(text, fallback, taken);
    taken.add(name);
    return name;
  };
  return [
    ...drives.map((drive): Candidate => {
      const title = drive.label ?? drive.model ?? 'drive';
      // Nobody calls a stick what its maker calls it.
      const name = drive.label ?? (drive.removable ? 'usb' : title);
      return { name: named(name, 'drive'), volume: { mount: mountOf(drive) }, ssh: null, drive, title };
    }),
    ...hosts.map((host): Candidate => {
      const [, user, address = host] = /^([^@]*)@(.*)$/.exec(host) ?? [];
      const name = named(address, 'server');
      const ssh = { host: address, ...(user === undefined ? {} : { user }), 'connect-timeout': 5 };
      return { name, volume: { ssh: name, path: there }, ssh, drive: null, title: host };
    }),
    ...(folder === null
      ? []
      : [
          {
            name: named(folder.split('/').at(-1) ?? '', 'backups'),
            volume: { path: folder },
            ssh: null,
            drive: null,
            title: folder,
          },
        ]),
  ];
}

/**
 * A spec with a sync to each candidate, for asking about all of them at once.
 *
 * @param subdir of the destinations
 * @returns TOML
 */
export function questionSpec(
  source: { name: string; path: string },
  candidates: readonly Candidate[],
  subdir: string,
): string {
  const section = <T>(written: T): Section<T> => ({ written, comment: [] });
  const ssh = candidates.flatMap(({ name, ssh: written }) =>
    written === null ? [] : [[name, section(written)] as const],
  );
  const volumes = candidates.map(({ name, volume }) => [name, section(volume)] as const);
  const syncs = candidates.map(
    ({ name }) => [name, section({ source: source.name, destination: `${name}:${subdir}` })] as const,
  );
  const sections = {
    ssh: new Map(ssh),
    volumes: new Map([[source.name, section({ path: source.path })], ...volumes]),
    syncs: new Map(syncs),
  };
  return tomlOf({ sections, credentials: null });
}

/**
 * What the facts say about a candidate. A folder that is on a drive becomes a folder of that drive, which is found
 * wherever it is mounted next time.
 *
 * @param sourceDevice what is mounted where the source is, such as `/dev/sda2`
 */
export function destinationOf(
  candidate: Candidate,
  subdir: string,
  { facts, devices, sourceDevice }: { facts: Facts; devices: readonly DeviceNode[]; sourceDevice: string },
): Destination {
  const { name, volume, ssh, drive, title } = candidate;
  const seen = facts.volumes[name];
  const mount = seen?.directory?.mount ?? null;
  const directory = seen?.directory ?? null;
  const held = drive !== null || ssh !== null || mount === null ? null : driveMountedAs(devices, mount, sourceDevice);
  const within = held === null ? '' : (directory?.realPath ?? '').slice((mount?.target ?? '').length + 1);
  const kind = drive !== null ? 'drive' : ssh !== null ? 'server' : 'folder';
  return {
    name,
    kind,
    title,
    words: [name, title, ...(drive === null ? [] : [drive.uuid, drive.device])],
    where: drive?.device ?? (kind === 'server' ? `ssh ${title}` : (volume.path ?? '')),
    bytes: drive?.bytes ?? seen?.directory?.totalBytes ?? null,
    freeBytes: seen?.directory?.freeBytes ?? null,
    fsType: mount === null ? (drive?.fsType ?? null) : driverOf(mount),
    volume: held === null ? volume : { mount: mountOf(held) },
    ssh,
    subdir: within === '' ? subdir : `${within}/${subdir}`,
    within,
    removable: drive?.removable ?? false,
    encrypted: (drive ?? held)?.encrypted ?? false,
    prepared: seen?.sentinel ?? false,
    problem: problemOf(candidate, seen, subdir, facts),
  };
}

function mountOf({ uuid, encrypted }: Pick<FoundDrive, 'uuid' | 'encrypted'>): Written.Mount {
  return { 'device-uuid': uuid, ...(encrypted ? { encryption: { type: 'luks' } } : {}) };
}

function problemOf(
  { name, ssh, drive, title, volume }: Candidate,
  seen: VolumeFacts | undefined,
  subdir: string,
  facts: Facts,
): Destination['problem'] {
  const host =
    ssh === null ? undefined : Object.entries(facts.hosts).find(([id]) => endpointsOfHost(id).includes(name))?.[1];
  if (host?.reachable === false) {
    return serverDoesNotAnswer(title, host.reason.replace(`${name}: `, ''));
  }
  if (seen?.directory == null) {
    // A drive that is not mounted is nothing unusual: apply mounts it.
    if (drive !== null) return null;
    return destinationMissing(ssh === null ? (volume.path ?? '') : `${volume.path ?? ''} on ${title}`);
  }
  if (!seen.directory.writable) return placeNotWritable(seen.directory.realPath);
  const there = facts.endpoints[endpointKey({ volume: name, subdir })];
  if (there?.sentinels.destination === true || (there?.directory != null && !there.directory.empty)) {
    return destinationUsed(title, subdir);
  }
  return null;
}
